import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dream } from '../dream/dream.ts';
import { says } from '../testing/analyst-server.ts';
import { dreamerFor, TestDreams } from '../testing/dreams.ts';
import { talkAbout } from './analysis.talk.ts';
import { Analysis } from './analysis.ts';

describe.each(backends)('what the analyst is told on $name', ({ open }) => {
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

  test('has what was just said, also where the reader has nothing of it yet', async () => {
    await using elsewhere = await open();
    await using behind = await TestDreams.open(elsewhere);
    const dreamId = await graph.dream(dreamerFor(0), { message: 'Denizdeydim.' });
    const talk = await talkAbout({ ...graph.graph.database, reader: behind.graph.database.reader }, dreamId);
    expect(talk?.said).toEqual([{ role: 'USER', message: 'Denizdeydim.' }]);
    expect(await talk?.earlier()).toEqual([]);
  });

  test('is nothing where the last word is not of the author', async () => {
    const ada = dreamerFor(0);
    graph.analyst.next(says('Deniz.'));
    const dreamId = await graph.dream(ada, { message: 'Denizdeydim.' });
    await graph.analysed(ada, dreamId);
    expect(await talkAbout(graph.graph.database, dreamId)).toBeNull();
    expect(await talkAbout(graph.graph.database, newId())).toBeNull();
  });

  test('is nothing that anybody pays for where nothing was said', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    const asked = graph.analyst.asked.length;
    const id = newId();
    await graph.graph.database.write(async ({ manager }) => {
      const due = { builtIn: false, attempts: 0, dueAt: new Date() };
      await manager.insert(Analysis, { id, dreamId, status: 'PENDING', ...due });
      await manager.update(Dream, { id: dreamId }, { analysisId: id });
    });
    expect(await graph.analysed(ada, dreamId)).toMatchObject({ id, status: 'FAILED', errorCode: 'INTERNAL' });
    expect(graph.analyst.asked).toHaveLength(asked);
    expect((await graph.ledger(ada)).entries).toEqual(['GRANT', 'HOLD']);
  });
});
