import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestDreams } from '../testing/dreams.ts';
import { CreditAccounts } from './accounts.ts';
import { grant, hold, settle } from './ledger.ts';

/** What may happen to a user's credits, about one of a few dreams. */
const step = fc.record({
  does: fc.constantFrom('grant', 'hold', 'capture', 'release'),
  about: fc.integer({ min: 0, max: 3 }),
  fails: fc.boolean(),
});

describe.each(backends)('the ledger on $name', ({ open }) => {
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

  test('comes to its balances after whatever happens at once, in any order, and is cut off', {
    timeout: 120_000,
  }, async () => {
    const { database } = graph.graph;
    const property = fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 5 }), async (rounds) => {
      const userId = newId();
      const dreamIds = Array.from({ length: 4 }, newId);
      await new CreditAccounts(database, Date.now).upToDate(userId);
      let grants = 0;
      const held = new Set<number>();
      const settled: number[] = [];
      for (const round of rounds) {
        const outcomes = await Promise.allSettled(
          round.map(({ does, about, fails }) =>
            database.write(async (tx) => {
              const dreamId = dreamIds[about] ?? '';
              const at = new Date();
              if (does === 'grant') await grant(tx, userId, 2, `test:${newId()}`, at);
              else if (does === 'hold') await hold(tx, userId, dreamId, at);
              else await settle(tx, does === 'capture' ? 'CAPTURE' : 'RELEASE', userId, dreamId, at);
              if (fails) throw new Error('Cut off.');
              return { does, about };
            }),
          ),
        );
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') continue;
          if (outcome.value.does === 'grant') grants += 1;
          if (/capture|release/.test(outcome.value.does)) settled.push(outcome.value.about);
          if (outcome.value.does === 'hold') held.add(outcome.value.about);
        }
        const { balances, byEntries } = await graph.ledger(userId);
        expect(byEntries).toEqual(balances);
        expect(balances.granted).toBe(balances.available + balances.held + balances.spent);
        expect(balances.granted).toBe(1 + 2 * grants);
        expect(Math.min(...Object.values(balances))).toBeGreaterThanOrEqual(0);
        expect(new Set(settled).size).toBe(settled.length);
        expect(settled.filter((about) => !held.has(about))).toEqual([]);
      }
    });
    await fc.assert(property, { numRuns: 25 });
  });
});
