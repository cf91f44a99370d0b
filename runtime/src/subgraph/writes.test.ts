import { buildSchema, execute, parse } from 'graphql';
import { beforeEach, expect, test } from 'vitest';
import { MemoryQuota } from '../quota/memory.ts';
import { boundWrites } from './writes.ts';

let done: number;
let run: (document: string, userId: string | null) => Promise<readonly unknown[]>;
beforeEach(() => {
  done = 0;
  const schema = buildSchema('type Query { done: Int } type Mutation { act: Int, actLater: Int }');
  boundWrites(schema, new MemoryQuota(), 3);
  const act = () => ++done;
  const rootValue = { done, act, actLater: async () => act() };
  run = async (document, userId) => {
    const contextValue = { viewerOrNull: userId === null ? null : { userId } };
    const { errors } = await execute({ schema, document: parse(document), rootValue, contextValue });
    return (errors ?? []).map(({ extensions }) => extensions.code);
  };
});

test('a viewer writes as often as is allowed, and nothing is done past that', async () => {
  expect(await run('mutation { a: act b: actLater c: act }', 'ann')).toEqual([]);
  expect(await run('mutation { act }', 'ann')).toEqual(['RATE_LIMITED']);
  expect(done).toBe(3);
  expect(await run('mutation { act }', 'bob')).toEqual([]);
});

test('each mutation counts, however a document spells them', async () => {
  const document = 'mutation { ...All } fragment All on Mutation { a: act b: act ... { c: act d: act } e: actLater }';
  expect(await run(document, 'ann')).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  expect(done).toBe(3);
});

test('queries, and what is done without a viewer, are not counted', async () => {
  for (let time = 0; time < 10; time += 1) {
    expect(await run('{ done }', 'ann')).toEqual([]);
    expect(await run('mutation { act }', null)).toEqual([]);
  }
  expect(await run('mutation { act }', 'ann')).toEqual([]);
});
