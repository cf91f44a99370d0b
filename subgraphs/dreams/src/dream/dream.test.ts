import { isUuid, newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dreamerFor, stranger, TestDreams } from '../testing/dreams.ts';

const whole = `id author { id } title description isActive createdAt updatedAt
  messages { edges { node { id dreamId role message createdAt nonce } } pageInfo { hasNextPage } }`;
const one = `query ($id: ID!) { dream(id: $id) { ${whole} } }`;

describe.each(backends)('dreams on $name', ({ open }) => {
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

  const read = async (id: string, as: string) => (await graph.run(one, { id }, as)).dream;
  const agrees = async (userId: string) => {
    const { balances, byEntries, byDreams } = await graph.ledger(userId);
    expect(byEntries).toEqual(balances);
    expect(byDreams).toEqual(balances);
  };

  test('are made with what was given, and cost a credit each', async () => {
    const ada = dreamerFor(1);
    const given = { title: '  Deniz ', description: ' Bir deniz vardı. ', message: 'Denizde yüzüyordum.' };
    const { dream } = await graph.change(ada, 'createDream', given, `dream { ${whole} }`);
    expect(dream).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      author: { id: ada },
      title: 'Deniz',
      description: 'Bir deniz vardı.',
      isActive: true,
      createdAt: expect.stringMatching(/\.\d{3}Z$/),
      updatedAt: dream.createdAt,
      messages: {
        edges: [
          {
            node: {
              id: expect.stringMatching(/^[1-9]\d*$/),
              dreamId: dream.id,
              role: 'USER',
              message: 'Denizde yüzüyordum.',
              createdAt: dream.createdAt,
              nonce: null,
            },
          },
        ],
        pageInfo: { hasNextPage: false },
      },
    });
    expect(await graph.amount(ada)).toBe(1);
    const bare = await read(await graph.dream(ada), ada);
    expect(bare).toMatchObject({ title: 'Yeni rüya', description: null, messages: { edges: [] } });
    expect(await graph.amount(ada)).toBe(0);
    expect(await graph.refused(ada, 'createDream', {})).toBe('INSUFFICIENT_CREDIT');
    expect(await graph.ledger(ada)).toMatchObject({ entries: ['GRANT', 'GRANT', 'HOLD', 'HOLD'] });
    await agrees(ada);
  });

  test('two hundred at once on a balance of five make five, and the others write nothing', {
    timeout: 60_000,
  }, async () => {
    // One process alone may have an SQLite file.
    await using second = backend.settings.DATABASE_URL ? await TestDreams.open(backend) : null;
    const ada = dreamerFor(4);
    const made = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        ((index % 2 && second) || graph)
          .dream(ada, { title: `${index}`, message: 'At once.' })
          .catch((error: AggregateError) => (error.errors[0] as { extensions: { code: string } }).extensions.code),
      ),
    );
    const ids = made.filter((outcome) => isUuid(outcome));
    const refused = Map.groupBy(made, (outcome) => (isUuid(outcome) ? 'made' : outcome));
    expect(Object.fromEntries([...refused].map(([outcome, all]) => [outcome, all.length]))).toEqual({
      made: 5,
      INSUFFICIENT_CREDIT: 195,
    });
    const { dreams } = await graph.user(ada, 'dreams { edges { node { id messages { edges { node { id } } } } } }');
    expect(new Set(dreams.edges.map(({ node }: { node: { id: string } }) => node.id))).toEqual(new Set(ids));
    for (const { node } of dreams.edges) expect(node.messages.edges).toHaveLength(1);
    expect((await graph.ledger(ada)).balances).toEqual({ granted: 5, available: 0, held: 5, spent: 0 });
    await agrees(ada);
  });

  test.each([
    ['title', { title: ' ' }],
    ['title', { title: '\u200b\u2800' }],
    ['title', { title: 'x'.repeat(101) }],
    ['description', { description: 'x'.repeat(1_001) }],
    ['message', { message: '\n' }],
    ['message', { message: 'x'.repeat(4_001) }],
    ['message', { message: 'a\0b' }],
    ['message', { message: 'half \ud83d' }],
    ['nonce', { nonce: '' }],
    ['nonce', { nonce: 'x'.repeat(65) }],
    ['title,message', { title: '', message: '' }],
  ])('an invalid %s costs nothing and writes nothing', async (fields, input) => {
    const ada = dreamerFor(0);
    expect(await graph.refused(ada, 'createDream', input)).toBe(`VALIDATION_FAILED ${fields}`);
    expect(await graph.amount(ada)).toBe(1);
    expect((await graph.ledger(ada)).entries).toEqual(['GRANT']);
    expect(await graph.user(ada, 'dreams { edges { cursor } } lastChatAt')).toEqual({
      dreams: { edges: [] },
      lastChatAt: null,
    });
  });

  test('a title of 100 characters, and 4000 beyond the basic plane, are good', async () => {
    const ada = dreamerFor(0);
    const id = await graph.dream(ada, { title: '🌊'.repeat(100), message: '🐍'.repeat(4_000) });
    const dream = await read(id, ada);
    expect(dream.title).toBe('🌊'.repeat(100));
    expect(dream.messages.edges[0].node.message).toBe('🐍'.repeat(4_000));
  });

  test('the same nonce twenty times at once makes one dream and costs one credit', async () => {
    await using second = backend.settings.DATABASE_URL ? await TestDreams.open(backend) : null;
    const ada = dreamerFor(2);
    const input = { nonce: 'n 1 ', message: 'Once.' };
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ((index % 2 && second) || graph).dream(ada, input)),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await graph.amount(ada)).toBe(2);
    // Also where nothing is left to pay with, and for whom it is another's nonce.
    for (const nonce of ['n 2', 'n 3']) await graph.dream(ada, { nonce });
    expect(await graph.dream(ada, input)).toBe(ids[0]);
    expect(await graph.dream(dreamerFor(0), input)).not.toBe(ids[0]);
    await agrees(ada);
  });

  test('are listed newest first, in pages from either end', async () => {
    const ada = dreamerFor(4);
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.unshift(await graph.dream(ada));
    const page = async (variables: object) => {
      const fields =
        'dreams(first: $first, after: $after, last: $last, before: $before) { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
      const { dreams } = await graph.user(ada, fields, ada, variables);
      return { ids: dreams.edges.map(({ cursor }: { cursor: string }) => cursor), ...dreams.pageInfo };
    };
    expect(await page({})).toMatchObject({ ids, hasNextPage: false, hasPreviousPage: false });
    expect(await page({ first: 2 })).toEqual({
      ids: ids.slice(0, 2),
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: ids[0],
      endCursor: ids[1],
    });
    expect(await page({ first: 2, after: ids[1] })).toMatchObject({ ids: ids.slice(2, 4), hasPreviousPage: true });
    expect(await page({ last: 2 })).toMatchObject({ ids: ids.slice(3), hasPreviousPage: true, hasNextPage: false });
    expect(await page({ last: 2, before: ids[3] })).toMatchObject({ ids: ids.slice(1, 3), hasNextPage: true });
    const fields = 'dreams(first: $first, after: $after) { edges { cursor } }';
    const query = `query ($of: [_Any!]!, $first: Int, $after: String) { _entities(representations: $of) { ... on User { ${fields} } } }`;
    const of = [{ __typename: 'User', id: ada }];
    expect(await graph.fail(query, { of, first: 101 }, ada)).toBe('VALIDATION_FAILED first');
    expect(await graph.fail(query, { of, after: 'x' }, ada)).toBe('VALIDATION_FAILED after');
  });

  test('are changed by their author, and what is left out stays', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada, { title: 'Sea', description: 'Deep' });
    const change = (input: object) =>
      graph.change(ada, 'updateDream', { dreamId, ...input }, 'dream { title description }');
    expect(await change({ title: 'Ocean' })).toEqual({ dream: { title: 'Ocean', description: 'Deep' } });
    expect(await change({ title: null, description: null })).toEqual({ dream: { title: 'Ocean', description: null } });
    expect(await graph.refused(ada, 'updateDream', { dreamId, title: '' })).toBe('VALIDATION_FAILED title');
    expect(await graph.refused(stranger(), 'updateDream', { dreamId, title: 'Mine' })).toBe('NOT_FOUND Dream');
    expect(await graph.refused(undefined, 'updateDream', { dreamId })).toBe('UNAUTHENTICATED');
    expect(await read(dreamId, ada)).toMatchObject({ title: 'Ocean', description: null });
  });

  test('go for good when they are deleted, and their credit comes back', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada, { message: 'Forget it.' });
    expect(await graph.refused(stranger(), 'deleteDream', { dreamId })).toBe('NOT_FOUND Dream');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => graph.change(ada, 'deleteDream', { dreamId }, 'dreamId')),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await graph.fail(one, { id: dreamId }, ada)).toBe('NOT_FOUND Dream');
    expect(await graph.amount(ada)).toBe(1);
    expect((await graph.ledger(ada)).entries).toEqual(['GRANT', 'HOLD', 'RELEASE']);
    await agrees(ada);
    // What was written stays written, as far as its time goes.
    expect((await graph.user(ada, 'lastChatAt')).lastChatAt).not.toBeNull();
    for (const table of ['dream_messages', 'analyses'])
      expect(await graph.graph.database.reader.query(`SELECT id FROM ${table} WHERE dream_id = ?`, [dreamId])).toEqual(
        [],
      );
  });

  test('of those that other subgraphs refer to, each is found for its author alone', async () => {
    const ada = dreamerFor(0);
    const can = dreamerFor(0);
    const [mine, other] = [await graph.dream(ada, { message: 'Mine.' }), await graph.dream(can, { message: 'Other.' })];
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Dream { title messages { edges { node { message } } } } } }`;
    const of = [mine, other, newId()].map((id) => ({ __typename: 'Dream', id }));
    const { data, errors } = await graph.graph.execute(query, { of }, ada);
    expect(data?._entities[0].messages.edges).toEqual([{ node: { message: 'Mine.' } }]);
    expect(data?._entities.slice(1)).toEqual([null, null]);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });
});
