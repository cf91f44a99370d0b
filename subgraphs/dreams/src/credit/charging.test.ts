import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dream } from '../dream/dream.ts';
import { AnalystServer, refuses, says, silence } from '../testing/analyst-server.ts';
import { dreamerFor, TestDreams } from '../testing/dreams.ts';

/** What a user may do, about one of their dreams, and what the analyst is like meanwhile. */
const step = fc.record({
  does: fc.constantFrom('create', 'create', 'say', 'retry', 'cancel', 'delete', 'repeat'),
  about: fc.nat({ max: 5 }),
  analyst: fc.constantFrom('answers', 'refuses', 'is silent'),
});
const scripts = { answers: says('An answer.'), refuses: refuses(401), 'is silent': silence } as const;

describe.each(backends)('what dreams cost on $name', ({ open }) => {
  let backend: OpenBackend;
  let analyst: AnalystServer;
  let places: TestDreams[];
  beforeAll(async () => {
    backend = await open();
    analyst = await AnalystServer.open();
    // One process alone may have an SQLite file.
    const count = backend.settings.DATABASE_URL ? 2 : 1;
    places = await Promise.all(Array.from({ length: count }, () => TestDreams.open(backend, { analyst })));
  });
  afterAll(async () => {
    for (const place of places) await place[Symbol.asyncDispose]();
    await analyst[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  test('is one credit each, and the ledger agrees, whatever people do at once', { timeout: 240_000 }, async () => {
    const [graph] = places;
    if (!graph) throw new Error('Nowhere to dream.');
    const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 5 });
    const property = fc.asyncProperty(rounds, async (story) => {
      const userId = dreamerFor(3);
      expect(await graph.amount(userId)).toBe(4);
      const ids: string[] = [];
      for (const round of story) {
        analyst.otherwise = scripts[round[0]?.analyst ?? 'answers'];
        await Promise.allSettled(
          round.map(async ({ does, about }, index) => {
            const place = places[index % places.length] ?? graph;
            const dreamId = ids[about % Math.max(1, ids.length)] ?? '';
            const change = (mutation: string, input: object) =>
              place.change(userId, mutation, { dreamId, ...input }, '__typename');
            if (does === 'create') ids.push(await place.dream(userId, { message: 'Denizdeydim.' }));
            else if (does === 'repeat') ids.push(await place.dream(userId, { message: 'Once.', nonce: 'n' }));
            else if (does === 'say') await change('sendDreamMessage', { message: 'Ve sonra?' });
            else if (does === 'retry') await change('retryAnalysis', {});
            else if (does === 'cancel') await change('cancelAnalysis', {});
            else await change('deleteDream', {});
          }),
        );
        const { balances, byEntries } = await graph.ledger(userId);
        expect(byEntries).toEqual(balances);
      }
      const left = await graph.graph.database.reader.findBy(Dream, { authorId: userId });
      for (const { id } of left) await graph.change(userId, 'cancelAnalysis', { dreamId: id }, 'dream { id }');
      await eventually(async () => {
        const { balances, byEntries, byDreams } = await graph.ledger(userId);
        expect([byEntries, byDreams]).toEqual([balances, balances]);
        expect(Math.min(...Object.values(balances))).toBeGreaterThanOrEqual(0);
        expect(balances.granted).toBe(4);
      });
      const dreams = await graph.graph.database.reader.findBy(Dream, { authorId: userId });
      for (const { id, charge } of dreams) {
        const answered = (await graph.said(userId, id)).some((line) => line.startsWith('ANALYST'));
        expect(charge).toBe(answered ? 'CAPTURED' : 'HELD');
      }
    });
    await fc.assert(property, { numRuns: 12, endOnFailure: true });
  });
});
