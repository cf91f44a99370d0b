import { newId } from '@kopru/runtime/ids.ts';
import { subgraphSdl } from '@kopru/runtime/subgraph/schema.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { parse, visit } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messaging } from './subgraph.ts';
import { type Messenger, openMessenger } from './testing/fixture.ts';

const inbox = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Channel {
  lastMessage { id content author { id } replyTo { id } }
  unreadCount
  typing { id }
  messages(last: 3) { edges { node { id content author { id presence { status } } replyTo { content } } } }
} } }`;
const presences = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Server { presences { status user { id } } }
  ... on User { presence { status } }
} }`;
const references =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Message { content replyTo { id } } } }';

describe.each(backends)('messaging on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;
  const [ada, can] = [newId(), newId()];
  const channels: string[] = [];
  const servers: string[] = [];
  const messages: string[] = [];

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
    const made = Array.from({ length: 100 }, async (_, index) => {
      const channelId = messenger.town.channel([ada, can]);
      channels.push(channelId);
      servers.push(messenger.town.server(ada, can, newId()));
      const first = await messenger.send(channelId, can, 'first');
      messages[index] = await messenger.send(channelId, ada, 'second', { replyToId: first });
      await messenger.send(channelId, can, `third of ${index}`, { replyToId: first });
    });
    await Promise.all(made);
    await messenger.data('mutation { openConnection(input: { connectionId: "c" }) { expiresAt } }', {}, can);
  }, 60_000);
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  /** The statements that a query takes, but for those of jobs that run meanwhile. */
  async function statementsOf(query: string, typename: string, ids: readonly string[]) {
    let count = 0;
    const stop = messenger.database.onStatement((sql) => {
      if (!/\boutbox|presence_connections/.test(sql)) count += 1;
    });
    const r = ids.map((id) => ({ __typename: typename, id }));
    const { _entities } = await messenger.data(query, { r }, ada);
    stop();
    expect(_entities).toHaveLength(ids.length);
    return { count, entities: _entities };
  }

  test.each([
    ['channels with their messages', inbox, 'Channel', () => channels, 6],
    ['servers with who is there', presences, 'Server', () => servers, 1],
    ['users with their presence', presences, 'User', () => [can, ...servers], 1],
    ['messages with what they answer', references, 'Message', () => messages, 2],
  ])('%s take the same statements for one as for a hundred', async (_, query, typename, ids, most) => {
    const counts: number[] = [];
    for (const length of [1, 10, 100]) counts.push((await statementsOf(query, typename, ids().slice(0, length))).count);
    expect(counts[0]).toBeLessThanOrEqual(most);
    expect(counts).toEqual(counts.map(() => counts[0]));
  });

  test('each of a hundred channels gets its own', async () => {
    const { entities } = await statementsOf(inbox, 'Channel', channels);
    for (const [index, { lastMessage, unreadCount, messages: page }] of entities.entries()) {
      expect(lastMessage).toMatchObject({ content: `third of ${index}`, author: { id: can } });
      expect(unreadCount).toBe(1);
      expect(page.edges.map(({ node }: { node: { content: string } }) => node.content)).toEqual([
        'first',
        'second',
        `third of ${index}`,
      ]);
      expect(page.edges[1].node).toMatchObject({ id: messages[index], replyTo: { content: 'first' } });
      expect(page.edges[0].node.author).toEqual({ id: can, presence: { status: 'ONLINE' } });
    }
    const { entities: there } = await statementsOf(presences, 'Server', servers.slice(0, 2));
    expect(there).toEqual([1, 2].map(() => ({ presences: [{ status: 'ONLINE', user: { id: can } }] })));
  });

  test('what one mutation changes, the next one of the same request sees', async () => {
    const channelId = messenger.town.channel([ada, can]);
    const send = (text: string) => `sendMessage(input: { channelId: $id, content: "${text}" }) {
      message { channel { lastMessage { content } unreadCount } }
    }`;
    const data = await messenger.data(
      `mutation ($id: ID!) { one: ${send('one')} two: ${send('two')} three: ${send('three')} }`,
      { id: channelId },
      ada,
    );
    const seen = Object.values(data).map(({ message }) => message.channel.lastMessage.content);
    expect(seen).toEqual(['one', 'two', 'three']);
  });
});

test('everything in the schema says what it is', () => {
  const silent: string[] = [];
  const path: string[] = [];
  visit(parse(subgraphSdl(messaging)), {
    enter(node) {
      if (!('name' in node) || !node.name || !/Definition$/.test(node.kind)) return;
      path.push(node.name.value);
      const root = ['Query', 'Mutation', 'Subscription'].includes(node.name.value);
      if (!root && !('description' in node && node.description?.value)) silent.push(path.join('.'));
    },
    leave(node) {
      if ('name' in node && node.name && /Definition$/.test(node.kind)) path.pop();
    },
  });
  expect(silent).toEqual([]);
});
