import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { analysesIn, kinds } from '../testing/analyses.ts';
import { AnalystServer, done, says, sends, silence, token } from '../testing/analyst-server.ts';
import { dreamerFor, TestDreams } from '../testing/dreams.ts';
import { Analysis } from './analysis.ts';

/** Some wait until somebody looks. */
const slow = { timeout: 30_000 };

describe.each(backends)('analyses whose process goes, on $name', ({ open }) => {
  let backend: OpenBackend;
  let analyst: AnalystServer;
  let graph: TestDreams;
  beforeAll(async () => {
    backend = await open();
    analyst = await AnalystServer.open();
    graph = await TestDreams.open(backend, { analyst });
  });
  afterAll(async () => {
    await graph[Symbol.asyncDispose]();
    await analyst[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  afterEach(() => {
    analyst.otherwise = silence;
  });

  const { say, retry, agrees, quiet, running } = analysesIn(() => graph);

  test('are left to others by a process that goes down, as if it had never begun', slow, async () => {
    const { userId, dreamId } = await quiet();
    const asked = analyst.asked.length;
    analyst.next(sends([token('Half')], { hangs: true }), says('Whole.'));
    await say(userId, dreamId, 'Denizdeydim.');
    const { attempts } = await running(dreamId);
    await eventually(() => expect(analyst.asked).toHaveLength(asked + 1));
    await graph[Symbol.asyncDispose]();
    graph = await TestDreams.open(backend, { analyst });
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    const analysis = await graph.graph.database.reader.findOneByOrFail(Analysis, { dreamId });
    expect(analysis.attempts).toBe(attempts);
    expect(await graph.said(userId, dreamId)).toEqual(['USER: Denizdeydim.', 'ANALYST: Whole.']);
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
  });

  /** What a process leaves behind that died while it worked. */
  async function abandoned(attempts: number) {
    const { userId, dreamId, heard } = await quiet();
    const asked = analyst.asked.length;
    const { dream } = await say(userId, dreamId, 'Denizdeydim.');
    await eventually(() => expect(analyst.asked).toHaveLength(asked + 1));
    const id = dream.analysis.id;
    await graph.graph.database.write(async ({ manager }) => {
      await manager.update(Analysis, { id }, { leaseOwner: 'dead', dueAt: new Date(Date.now() - 1), attempts });
    });
    return { userId, dreamId, heard };
  }

  test('whose process died are begun anew when their lease has run out, and charged once', slow, async () => {
    analyst.otherwise = silence;
    const { userId, dreamId, heard } = await abandoned(1);
    analyst.otherwise = says('Whole.');
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    await eventually(() => expect(kinds(heard)).toEqual(['started', 'started', 'text', 'completed']));
    expect(await graph.said(userId, dreamId)).toEqual(['USER: Denizdeydim.', 'ANALYST: Whole.']);
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
  });

  test('whose processes die again and again have failed, and may be asked for', slow, async () => {
    const { userId, dreamId } = await abandoned(3);
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'FAILED', errorCode: 'INTERRUPTED' });
    await agrees(userId, 'GRANT', 'HOLD');
    analyst.next(says('Whole.'));
    await retry(userId, dreamId);
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
  });

  test('are each made once, however many processes look for them', { timeout: 30_000 }, async () => {
    await using second = backend.settings.DATABASE_URL ? await TestDreams.open(backend, { analyst }) : null;
    const userId = dreamerFor(19);
    analyst.otherwise = says('Once.');
    const before = analyst.asked.length;
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ((index % 2 && second) || graph).dream(userId, { message: `Rüya ${index}` }),
      ),
    );
    for (const id of ids) {
      await graph.analysed(userId, id);
      expect(await graph.said(userId, id)).toHaveLength(2);
    }
    expect(analyst.asked.length - before).toBe(20);
    const { balances, byEntries } = await graph.ledger(userId);
    expect(balances).toEqual({ granted: 20, available: 0, held: 0, spent: 20 });
    expect(byEntries).toEqual(balances);
  });

  test('wait for the next look where nobody could begin them, with what they need in the database', async () => {
    const { userId, dreamId } = await quiet();
    analyst.next(sends([token('An answer.'), done]));
    const log = graph.graph.ground.log;
    const position = log.position.bind(log);
    log.position = () => Promise.reject(new Error('The log is away.'));
    await say(userId, dreamId, 'Denizdeydim.');
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    log.position = position;
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
  });
});
