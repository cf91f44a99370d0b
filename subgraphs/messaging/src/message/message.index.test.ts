import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { describe, expect, test } from 'vitest';
import { openMessenger } from '../testing/fixture.ts';

const before = '019c0000-0000-7000-8000-000000000000';

describe.each(backends)('on $name', ({ open }) => {
  test.each([
    ['a page', `messages(last: 2, before: "${before}") { edges { cursor } }`],
    ['a page after a place', `messages(first: 2, after: "${before}") { edges { cursor } }`],
    ['a count', 'unreadCount'],
  ])('%s is found by an index that knows the channel and the place', async (_, field) => {
    await using backend = await open();
    await using messenger = await openMessenger(backend.settings);
    const [ada, can] = [newId(), newId()];
    const channelId = messenger.town.channel([ada, can]);
    await messenger.send(channelId, can, 'one');
    let last: { sql: string; parameters: readonly unknown[] } | undefined;
    messenger.database.onStatement((sql, parameters) => {
      if (sql.includes('messages')) last ??= { sql, parameters };
    });
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Channel { ${field} } } }`;
    await messenger.data(query, { r: [{ __typename: 'Channel', id: channelId }] }, ada);
    if (!last) throw new Error('No statement was heard.');

    // On a reader that is closed after this: in SQLite, an explained statement keeps the snapshot it was explained on.
    const { reader } = messenger.database;
    const explain = backend.settings.DATABASE_URL ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
    const plan: Record<string, unknown>[] = await reader.query(`${explain} ${last.sql}`, [...last.parameters]);
    expect(plan).toContainEqual(
      expect.objectContaining(
        backend.settings.DATABASE_URL
          ? { type: 'range', key: 'messages_by_channel' }
          : {
              detail: expect.stringMatching(
                /COVERING INDEX messages_by_channel \(channel_id=\? AND deleted=\? AND id[<>]\?/,
              ),
            },
      ),
    );
  });
});
