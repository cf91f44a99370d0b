import type { Database } from '@kopru/runtime/database/database.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CreditAccounts } from '../credit/accounts.ts';
import { Dream } from '../dream/dream.ts';
import { dreamerFor, TestDreams } from '../testing/dreams.ts';
import { eraseDreamer } from './dreamer.erase.ts';
import { Dreamer } from './dreamer.ts';

describe.each(backends)('whoever closes their account on $name', ({ open }) => {
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

  const erase = (database: Database, userId: string) =>
    eraseDreamer({ database, now: Date.now }, new CreditAccounts(database, Date.now), userId);
  async function leavesNothing(userId: string) {
    const { reader } = graph.graph.database;
    expect(await reader.countBy(Dream, { authorId: userId })).toBe(0);
    expect(await reader.countBy(Dreamer, { userId })).toBe(0);
    const { balances, byEntries } = await graph.ledger(userId);
    expect(byEntries).toEqual(balances);
    expect(balances).toMatchObject({ held: 0, available: balances.granted });
  }

  test('leaves no dream behind that they made meanwhile, and makes none after it', async () => {
    const ada = dreamerFor(2);
    await graph.dream(ada, { message: 'Denizdeydim.' });
    const { database } = graph.graph;
    let writes = 0;
    const write: Database['write'] = async (work) => {
      const result = await database.write(work);
      writes += 1;
      if (writes === 1) await graph.dream(ada, { message: 'Hâlâ denizdeyim.' });
      return result;
    };
    await erase({ ...database, write }, ada);
    await leavesNothing(ada);
    expect(await graph.refused(ada, 'createDream', { message: 'Yine deniz.' })).toBe('INSUFFICIENT_CREDIT');
    await leavesNothing(ada);
  });

  test('leaves none, however many they make at that moment', async () => {
    const ada = dreamerFor(19);
    await graph.dream(ada);
    const dreams = Array.from({ length: 19 }, () => graph.dream(ada, { message: 'Denizdeyim.' }));
    await Promise.all([Promise.allSettled(dreams), erase(graph.graph.database, ada)]);
    await leavesNothing(ada);
  });
});
