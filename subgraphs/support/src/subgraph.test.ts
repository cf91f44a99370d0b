import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, openSupport, type SupportDesk } from './testing/support.ts';

const everything = `id displayName status online lastMessage { text upload { url } author { id } } lastMessageAt unreadCount
  notes { text author { id } } assignee { id } account { id }
  messages(last: 2) { edges { node { text sender author { id } upload { url } } } }`;
const inbox = `query ($first: Int) { supportThreads(first: $first) { edges { node { ${everything} } } } }`;
const entities = (type: string, fields: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`;

describe.each(backends)('the support chat on $name', ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  const owner = newId();
  const threads: string[] = [];

  beforeAll(async () => {
    backend = await open();
    desk = await openSupport(backend.settings);
    agent = await desk.agent();
    const begun = Array.from({ length: 100 }, async (_, index) => {
      const threadId = await desk.start(`visitor ${index}`, index < 50 ? owner : newId());
      threads[99 - index] = threadId;
      const { url } = await desk.upload();
      await desk.send(threadId, 'first', undefined, { type: 'IMAGE', fileUrl: url });
      await desk.send(threadId, `answer to ${index}`, agent);
      await desk.data(
        'mutation ($id: ID!) { addPrivateNote(input: { threadId: $id, text: "Odd." }) { note { id } } }',
        { id: threadId },
        agent,
      );
    });
    await Promise.all(begun);
    for (const [index, threadId] of threads.toReversed().entries()) await desk.send(threadId, `question of ${index}`);
  }, 60_000);
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  /** The statements that a query takes, but for those of jobs that run meanwhile. */
  async function statementsOf(query: string, variables: Record<string, unknown>) {
    let count = 0;
    const stop = desk.database.onStatement((sql) => {
      if (!/\boutbox|expires_at/.test(sql)) count += 1;
    });
    const data = await desk.data(query, variables, agent);
    stop();
    return { count, data };
  }

  test.each([
    ['the inbox', inbox, 10, (size: number) => ({ first: size })],
    [
      'what is referred to',
      entities('SupportThread', everything),
      9,
      (size: number) => ({ r: threads.slice(0, size).map((id) => ({ __typename: 'SupportThread', id })) }),
    ],
    [
      'a list of each person',
      entities('User', `supportThreads(first: 2) { edges { node { ${everything} } } }`),
      10,
      (size: number) => ({
        r: [owner, ...Array.from({ length: size - 1 }, () => newId())].map((id) => ({ __typename: 'User', id })),
      }),
    ],
  ])('%s takes no more statements for a hundred than for one', async (_, query, most, variables) => {
    // Two ways to the same kind of thing share a statement where they happen to meet.
    for (const size of [1, 10, 100])
      expect((await statementsOf(query, variables(size))).count).toBeLessThanOrEqual(most);
  });

  test('each of a hundred threads gets its own', async () => {
    const { data } = await statementsOf(inbox, { first: 100 });
    const nodes = data.supportThreads.edges.map(({ node }: { node: Record<string, unknown> }) => node);
    expect(nodes.map(({ id }: { id: string }) => id)).toEqual(threads);
    for (const [place, node] of nodes.entries()) {
      const index = 99 - place;
      const author = { id: agent.userId };
      expect(node).toMatchObject({
        displayName: `visitor ${index}`,
        lastMessage: { text: `question of ${index}`, upload: null, author: null },
        unreadCount: 1,
        notes: [{ text: 'Odd.', author }],
        assignee: null,
        messages: {
          edges: [
            { node: { text: `answer to ${index}`, sender: 'AGENT', author } },
            { node: { text: `question of ${index}`, sender: 'VISITOR', author: null } },
          ],
        },
      });
    }
  });

  test('a history has pages from either end', async () => {
    const threadId = await desk.start();
    const all: string[] = [];
    for (let index = 0; index < 7; index++) all.push(await desk.send(threadId, `${index}`, agent));
    const query = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { supportThread(id: $id) {
      messages(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    } }`;
    const page = async (args: object) => {
      const { messages } = (await desk.data(query, { id: threadId, ...args })).supportThread;
      return { ...messages.pageInfo, ids: messages.edges.map(({ node }: { node: { id: string } }) => node.id) };
    };
    expect((await page({})).ids).toEqual(all);
    expect(await page({ first: 3 })).toMatchObject({ ids: all.slice(0, 3), hasNextPage: true, hasPreviousPage: false });
    expect(await page({ first: 3, after: all[2] })).toMatchObject({ ids: all.slice(3, 6), hasNextPage: true });
    expect(await page({ last: 2 })).toMatchObject({ ids: all.slice(5), hasNextPage: false, hasPreviousPage: true });
    expect(await page({ last: 9, before: all[5] })).toMatchObject({ ids: all.slice(0, 5), hasPreviousPage: false });
    expect(await desk.refusal(query, { id: threadId, after: 'x' })).toBe('VALIDATION_FAILED');
  });

  test('what one mutation changes, the next one of the same request sees', async () => {
    const id = await desk.start();
    const send = (text: string) =>
      `sendSupportMessage(input: { threadId: $id, text: "${text}" }) { thread { lastMessage { text } } }`;
    const data = await desk.data(`mutation ($id: ID!) { one: ${send('one')} two: ${send('two')} }`, { id });
    expect(Object.values(data).map(({ thread }) => thread.lastMessage.text)).toEqual(['one', 'two']);
  });
});
