import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Messenger, openMessenger } from '../testing/fixture.ts';

interface PageArgs {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
  around?: string;
  offset?: number;
}

const page = `query ($r: [_Any!]!, $first: Int, $after: String, $last: Int, $before: String, $around: String, $offset: Int) {
  _entities(representations: $r) { ... on Channel {
    messages(first: $first, after: $after, last: $last, before: $before, around: $around, offset: $offset) {
      edges { cursor node { id content } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  } }
}`;

describe.each(backends)('history on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;
  let channelId: string;
  /** What is left in the channel, oldest first. */
  let ids: string[];
  /** What was deleted from its middle. */
  let gone: string;
  const ada = newId();

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
    channelId = messenger.town.channel([ada]);
    const other = messenger.town.channel([ada]);
    const all: string[] = [];
    for (let index = 0; index < 30; index++) {
      all.push(await messenger.send(channelId, ada, `message ${index}`));
      if (index % 7 === 0) await messenger.send(other, ada, 'elsewhere');
    }
    const deleted = [0, 11, 12, 29].map((index) => all[index] ?? '');
    for (const id of deleted)
      await messenger.data(
        'mutation ($id: ID!) { deleteMessage(input: { messageId: $id }) { messageId } }',
        { id },
        ada,
      );
    ids = all.filter((id) => !deleted.includes(id));
    gone = deleted[1] ?? '';
  });
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  async function pageOf(args: PageArgs, id = channelId) {
    const { _entities } = await messenger.data(page, { r: [{ __typename: 'Channel', id }], ...args }, ada);
    const { edges, pageInfo } = _entities[0].messages;
    const found: string[] = edges.map(({ node }: { node: { id: string } }) => node.id);
    expect(edges.map(({ cursor }: { cursor: string }) => cursor)).toEqual(found);
    expect(pageInfo).toMatchObject({ startCursor: found[0] ?? null, endCursor: found.at(-1) ?? null });
    return { ids: found, next: pageInfo.hasNextPage, previous: pageInfo.hasPreviousPage };
  }

  /** What a page has to be, from the whole list. */
  function expected({ first, after, last, before, offset = 0 }: PageArgs) {
    const within = ids.filter((id) => (!after || id > after) && (!before || id < before));
    if (first !== undefined) {
      const found = within.slice(offset, offset + first);
      const previous = Boolean(after) || (offset > 0 && found.length > 0);
      return { ids: found, next: within.length > offset + first, previous };
    }
    const size = last ?? 50;
    const end = Math.max(0, within.length - offset);
    const found = within.slice(Math.max(0, end - size), end);
    return { ids: found, next: Boolean(before) || (offset > 0 && found.length > 0), previous: end > size };
  }

  test.each([1, 2, 5, 7, 26, 100])('walks all of it by pages of %i, both ways and by number', async (size) => {
    const forward: string[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const got = await pageOf({ first: size, ...(after && { after }) });
      forward.push(...got.ids);
      after = got.ids.at(-1);
      more = got.next;
    }
    expect(forward).toEqual(ids);

    const backward: string[] = [];
    for (let before: string | undefined, more = true; more; ) {
      const got = await pageOf({ last: size, ...(before && { before }) });
      backward.unshift(...got.ids);
      before = got.ids[0];
      more = got.previous;
    }
    expect(backward).toEqual(ids);

    const numbered: string[] = [];
    for (let offset = 0, more = true; more; offset += size) {
      const got = await pageOf({ last: size, offset });
      expect(got).toEqual(expected({ last: size, offset }));
      numbered.unshift(...got.ids);
      more = got.previous;
    }
    expect(numbered).toEqual(ids);
  });

  test('every combination of places and sizes is the part of the list that it names', async () => {
    const places = [
      undefined,
      ids[0],
      ids[9],
      gone,
      ids[10],
      ids.at(-1),
      '00000000-0000-7000-8000-000000000000',
      newId(),
    ];
    for (const after of places)
      for (const before of places)
        for (const size of [{ first: 4 }, { last: 4 }, { first: 3, offset: 2 }, { last: 3, offset: 2 }, {}]) {
          const args = { ...size, ...(after && { after }), ...(before && { before }) };
          expect({ args, ...(await pageOf(args)) }).toEqual({ args, ...expected(args) });
        }
  });

  test('a page around a message has it in the middle, also where it was deleted', async () => {
    for (const around of [ids[0], ids[5], ids[13], gone, ids.at(-1), newId()])
      for (const size of [1, 2, 5, 8, 100]) {
        const newer = Math.floor((size - 1) / 2);
        const older = ids.filter((id) => id <= String(around));
        const after = ids.filter((id) => id > String(around));
        expect(await pageOf({ around: String(around), last: size })).toEqual({
          ids: [...older.slice(-(size - newer)), ...after.slice(0, newer)],
          previous: older.length > size - newer,
          next: after.length > newer,
        });
      }
    const middle = ids[13] ?? '';
    expect(await pageOf({ around: middle, first: 5 })).toEqual({ ids: ids.slice(11, 16), previous: true, next: true });
    expect((await pageOf({ around: middle.toUpperCase(), first: 1 })).ids).toEqual([middle]);
  });

  test('the newest fifty, where nothing is said', async () => {
    const busy = messenger.town.channel([ada]);
    const sent: string[] = [];
    for (let index = 0; index < 53; index++) sent.push(await messenger.send(busy, ada, `message ${index}`));
    expect(await pageOf({}, busy)).toEqual({ ids: sent.slice(3), previous: true, next: false });
    expect(await pageOf({}, messenger.town.channel([ada]))).toEqual({ ids: [], previous: false, next: false });
  });

  test.each([
    ['after', { after: 'yesterday' }],
    ['before', { before: '' }],
    ['around', { around: '42' }],
    ['around', { around: newId(), after: newId() }],
    ['around', { around: newId(), offset: 1 }],
    ['offset', { offset: -1 }],
    ['offset', { offset: 100_001 }],
    ['first', { first: 0 }],
    ['last', { last: 101 }],
    ['first', { first: 1, last: 1 }],
  ])('refuses a wrong %s: %o', async (field, args) => {
    const { errors } = await messenger.execute(page, { r: [{ __typename: 'Channel', id: channelId }], ...args }, ada);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: { [field]: [expect.any(String)] },
    });
  });

  test('as far as numbered pages go, they may be asked for', async () => {
    expect(await pageOf({ last: 20, offset: 100_000 })).toEqual({ ids: [], previous: false, next: false });
  });
});
