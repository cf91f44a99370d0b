import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asAudience, asService, dreamerFor, stranger, TestDreams } from '../testing/dreams.ts';

const sent = 'message { id dreamId role message createdAt nonce } dream { id description analysis { status } }';
const said = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  dream(id: $id) { messages(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id role message } } pageInfo { hasNextPage hasPreviousPage }
  } }
}`;

describe.each(backends)('what is said about dreams on $name', ({ open }) => {
  let backend: OpenBackend;
  let graph: TestDreams;
  beforeAll(async () => {
    backend = await open();
    graph = await TestDreams.open(backend);
  });
  afterAll(async () => {
    await graph[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const say = (as: string, dreamId: string, message: string, more: object = {}) =>
    graph.change(as, 'sendDreamMessage', { dreamId, message, ...more }, sent);
  const cancel = (as: string, dreamId: string) => graph.change(as, 'cancelAnalysis', { dreamId }, 'dream { id }');

  test('describes a dream that has no description, and is counted as written then', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    const text = 'Dün gece çok garip bir rüya gördüm, uçuyordum ve sonra düştüm.';
    const { message, dream } = await say(ada, dreamId, text, { nonce: 'n 1' });
    expect(message).toEqual({
      id: expect.stringMatching(/^[1-9]\d*$/),
      dreamId,
      role: 'USER',
      message: text,
      createdAt: expect.stringMatching(/\.\d{3}Z$/),
      nonce: 'n 1',
    });
    expect(dream.description).toBe('Dün gece çok garip bir rüya gördüm, uçuyordum...');
    expect((await graph.user(ada, 'lastChatAt')).lastChatAt).toBe(message.createdAt);
  });

  test('never takes the place of a description that was given, nor of an earlier one', async () => {
    const ada = dreamerFor(1);
    const given = await graph.dream(ada, { description: 'Given.' });
    expect((await say(ada, given, 'Said.')).dream.description).toBe('Given.');
    const made = await graph.dream(ada, { message: 'First.' });
    await cancel(ada, made);
    expect((await say(ada, made, 'Second.')).dream.description).toBe('First.');
    await cancel(ada, made);
    await graph.change(ada, 'updateDream', { dreamId: made, description: null }, 'dream { id }');
    expect((await say(ada, made, 'Third.')).dream.description).toBeNull();
  });

  test.each([
    ['message', { message: ' ' }],
    ['message', { message: 'x'.repeat(4_001) }],
    ['nonce', { message: 'Good.', nonce: '' }],
  ])('is refused for its %s, and nothing is kept of it', async (fields, input) => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    expect(await graph.refused(ada, 'sendDreamMessage', { dreamId, ...input })).toBe(`VALIDATION_FAILED ${fields}`);
    expect((await graph.run(said, { id: dreamId }, ada)).dream.messages.edges).toEqual([]);
    expect((await graph.user(ada, 'lastChatAt')).lastChatAt).toBeNull();
  });

  test('with the same nonce is said once, also while it is being answered', async () => {
    await using second = backend.settings.DATABASE_URL ? await TestDreams.open(backend) : null;
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    const input = { dreamId, message: 'Once.', nonce: 'n' };
    const ids = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const of = (index % 2 && second) || graph;
        return (await of.change(ada, 'sendDreamMessage', input, 'message { id }')).message.id;
      }),
    );
    expect(new Set(ids).size).toBe(1);
    expect((await graph.run(said, { id: dreamId }, ada)).dream.messages.edges).toHaveLength(1);
  });

  test('has ascending ids, and pages from either end', async () => {
    const ada = dreamerFor(1);
    const [dreamId, other] = [await graph.dream(ada), await graph.dream(ada)];
    const ids: string[] = [];
    for (let count = 0; count < 12; count++) {
      for (const id of [dreamId, other]) {
        const { message } = await say(ada, id, `message ${count}`);
        if (id === dreamId) ids.push(message.id);
        await cancel(ada, id);
      }
    }
    const page = async (variables: object) => {
      const { messages } = (await graph.run(said, { id: dreamId, ...variables }, ada)).dream;
      return { ids: messages.edges.map(({ cursor }: { cursor: string }) => cursor), ...messages.pageInfo };
    };
    const asked = (messages: readonly string[]) => messages.map(Number);
    expect(asked(ids)).toEqual(asked(ids).sort((a, b) => a - b));
    const all = { hasNextPage: false, hasPreviousPage: false };
    expect(await page({})).toMatchObject({ ids: ids.filter((id) => id), ...all });
    expect(await page({ last: 3 })).toEqual({ ids: ids.slice(-3), hasNextPage: false, hasPreviousPage: true });
    expect(await page({ first: 3, after: ids[7] })).toEqual({
      ids: ids.slice(8, 11),
      hasNextPage: true,
      hasPreviousPage: true,
    });
    expect(await page({ last: 2, before: ids[2] })).toMatchObject({ ids: ids.slice(0, 2) });
    expect(await graph.fail(said, { id: dreamId, after: newId() }, ada)).toBe('VALIDATION_FAILED after');
  });

  test('is found by its id for the author of the dream alone', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    const { message } = await say(ada, dreamId, 'Private.');
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on DreamMessage { message } } }';
    const of = [{ __typename: 'DreamMessage', id: message.id }];
    expect((await graph.run(query, { of }, ada))._entities).toEqual([{ message: 'Private.' }]);
    expect(await graph.fail(query, { of }, stranger())).toBe('NOT_FOUND DreamMessage');
    expect(await graph.fail(query, { of }, asService)).toBe('UNAUTHENTICATED');
    expect(await graph.fail(query, { of })).toBe('UNAUTHENTICATED');
    expect(await graph.fail(query, { of }, asAudience(`dream:${dreamId}`))).toBe('VIEWER_REQUIRED');
    expect(await graph.fail(query, { of: [{ __typename: 'DreamMessage', id: 'x' }] }, ada)).toBe(
      'NOT_FOUND DreamMessage',
    );
  });

  test.each([
    ['sendDreamMessage', { message: 'Hello?' }],
    ['updateDream', { title: 'Mine' }],
    ['deleteDream', {}],
    ['retryAnalysis', {}],
    ['cancelAnalysis', {}],
  ])('%s is for the author alone', async (mutation, input) => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada, { message: 'Private.' });
    expect(await graph.refused(stranger(), mutation, { dreamId, ...input })).toBe('NOT_FOUND Dream');
    expect(await graph.refused(undefined, mutation, { dreamId, ...input })).toBe('UNAUTHENTICATED');
    expect(await graph.refused(asService, mutation, { dreamId, ...input })).toBe('UNAUTHENTICATED');
    expect((await graph.run(said, { id: dreamId }, ada)).dream.messages.edges[0].node.message).toBe('Private.');
  });
});
