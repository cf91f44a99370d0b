import { once } from 'node:events';
import { askedFor } from '@kopru/runtime/abandoned.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { analysesIn, kinds, shown } from '../testing/analyses.ts';
import {
  AnalystServer,
  breaksAfter,
  event,
  refuses,
  type Script,
  says,
  sends,
  silence,
  stop,
  token,
} from '../testing/analyst-server.ts';
import { TestDreams } from '../testing/dreams.ts';

describe.each(backends)('analyses on $name', ({ open }) => {
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

  const { say, retry, cancel, agrees, quiet, running } = analysesIn(() => graph);

  test('are told of as they come, stored at the end, and cost what was set aside', async () => {
    const { userId, dreamId, heard } = await quiet();
    analyst.next(says('Deniz', ' engindir', '. 🌊'));
    const { dream } = await say(userId, dreamId, 'Denizdeydim.');
    expect(dream.analysis).toMatchObject({ id: expect.any(String) });
    expect(await graph.analysed(userId, dreamId)).toEqual({
      id: dream.analysis.id,
      status: 'COMPLETED',
      builtIn: false,
      startedAt: expect.stringMatching(/Z$/),
      finishedAt: expect.stringMatching(/Z$/),
      errorCode: null,
    });
    expect(await graph.said(userId, dreamId)).toEqual(['USER: Denizdeydim.', 'ANALYST: Deniz engindir. 🌊']);
    await eventually(() => expect(kinds(heard)).toEqual(['started', 'text', 'completed']));
    expect(shown(heard)).toBe('Deniz engindir. 🌊');
    expect(heard.at(-1)?.payload).toMatchObject({
      dreamId,
      analysis: { id: dream.analysis.id, status: 'COMPLETED' },
      message: { dreamId, role: 'ANALYST', message: 'Deniz engindir. 🌊', id: expect.stringMatching(/^\d+$/) },
    });
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
    expect(await graph.amount(userId)).toBe(0);
  });

  test('that follow in the same dream cost nothing more, and know what was said', async () => {
    const { userId, dreamId } = await quiet();
    analyst.next(says('First.'), says('Second.'));
    for (const message of ['Deniz.', 'Ve sonra?']) {
      await say(userId, dreamId, message);
      expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    }
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
    const { messages } = analyst.asked.at(-1)?.body ?? { messages: [] };
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages.map(({ content }) => /Deniz|First|sonra/.exec(content)?.[0])).toEqual([
      undefined,
      'Deniz',
      'First',
      'sonra',
    ]);
    await graph.change(userId, 'deleteDream', { dreamId }, 'dreamId');
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
  });

  test('are pushed at most twenty times a second, and lose nothing', async () => {
    const { userId, dreamId, heard } = await quiet();
    const words = Array.from({ length: 300 }, (_, index) => `kelime${index} `);
    analyst.next(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const word of words) {
        response.write(token(word));
        await new Promise((turn) => setTimeout(turn, 2));
      }
      response.end(stop);
    });
    await say(userId, dreamId, 'Uzun bir rüya.');
    await graph.analysed(userId, dreamId);
    await eventually(() => expect(kinds(heard)).toEqual(['started', 'text', 'completed']));
    expect(shown(heard)).toBe(words.join(''));
    const times = heard.filter(({ type }) => type === 'analysis.text').map(({ at }) => Date.parse(at));
    expect(times.length).toBeGreaterThan(5);
    // The clock of the events counts whole milliseconds.
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(48);
  });

  test.each<[string, Script, string]>([
    ['refuses', refuses(401), 'ANALYST_REFUSED'],
    ['is overrun', refuses(429, { 'retry-after': '600' }), 'ANALYST_REFUSED'],
    ['is broken', refuses(500), 'ANALYST_UNAVAILABLE'],
    ['breaks off', breaksAfter('Half of an'), 'ANALYST_ANSWER'],
    ['turns into an error', sends([token('Half'), event({ error: { message: 'no' } })]), 'ANALYST_ANSWER'],
    ['cannot be understood', sends([token('Half'), 'data: {"ch\n\n']), 'ANALYST_ANSWER'],
    ['says nothing', says(), 'ANALYST_ANSWER'],
  ])('fail where the analyst %s; asked again, they cost once', { timeout: 30_000 }, async (_how, script, errorCode) => {
    const { userId, dreamId, heard } = await quiet();
    analyst.otherwise = script;
    await say(userId, dreamId, 'Denizdeydim.');
    const failed = await graph.analysed(userId, dreamId);
    expect(failed).toMatchObject({ status: 'FAILED', errorCode });
    expect(await graph.said(userId, dreamId)).toEqual(['USER: Denizdeydim.']);
    await agrees(userId, 'GRANT', 'HOLD');
    await eventually(() => expect(heard.at(-1)?.payload).toMatchObject({ analysis: { id: failed.id, errorCode } }));

    analyst.otherwise = says('A', 'nswer.');
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => retry(userId, dreamId)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await graph.said(userId, dreamId)).toEqual(['USER: Denizdeydim.', 'ANALYST: Answer.']);
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
    await eventually(() => expect(kinds(heard).at(-1)).toBe('completed'));
    expect(shown(heard)).toBe('Answer.');
    expect(await graph.refused(userId, 'retryAnalysis', { dreamId })).toBe('CONFLICT Analysis');
  });

  test('that break off once are begun anew without anybody asking', async () => {
    const { userId, dreamId, heard } = await quiet();
    analyst.next(breaksAfter('A long half', ' of it'), says('Whole.'));
    await say(userId, dreamId, 'Denizdeydim.');
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    await eventually(() => expect(kinds(heard)).toEqual(['started', 'text', 'completed']));
    expect(shown(heard).startsWith('Whole.')).toBe(true);
    expect(await graph.said(userId, dreamId)).toEqual(['USER: Denizdeydim.', 'ANALYST: Whole.']);
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
  });

  test('go on where whoever asked has gone', async () => {
    const { userId, dreamId } = await quiet();
    const gone = new AbortController();
    const asked = analyst.asked.length;
    analyst.next(async (response) => {
      await once(gone.signal, 'abort');
      await says('Whole.')(response);
    });
    await askedFor(gone.signal, () => say(userId, dreamId, 'Denizdeydim.'));
    await eventually(() => expect(analyst.asked).toHaveLength(asked + 1));
    gone.abort();
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
  });

  test('that talk on and on end at a sentence', async () => {
    const { userId, dreamId } = await quiet();
    analyst.next(
      sends(
        Array.from({ length: 1_200 }, () => token('Deniz derin. 🌊 ')),
        { hangs: true },
      ),
    );
    await say(userId, dreamId, 'Denizdeydim.');
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    const [, answer = ''] = await graph.said(userId, dreamId);
    expect(answer.length).toBeLessThanOrEqual(12_000 + 'ANALYST: '.length);
    expect(answer).toMatch(/derin\.…$/);
  });

  test('leave no room for another message while they run', async () => {
    const { userId, dreamId } = await quiet();
    const sent = await Promise.allSettled(Array.from({ length: 5 }, (_, index) => say(userId, dreamId, `${index}`)));
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await running(dreamId);
    expect(await graph.refused(userId, 'sendDreamMessage', { dreamId, message: 'More.' })).toBe('CONFLICT Analysis');
    expect(await graph.refused(userId, 'retryAnalysis', { dreamId })).toBe('CONFLICT Analysis');
    expect(await graph.said(userId, dreamId)).toHaveLength(1);
    await cancel(userId, dreamId);
  });

  test('stop when the author wants no answer, wherever they run, and go on when they do again', async () => {
    await using second = backend.settings.DATABASE_URL ? await TestDreams.open(backend, { analyst }) : null;
    const { userId, dreamId, heard } = await quiet();
    analyst.next(sends([token('Half')], { hangs: true }));
    const gone = analyst.gone;
    await say(userId, dreamId, 'Denizdeydim.');
    await eventually(() => expect(shown(heard)).toBe('Half'));
    const cancelled = await (second ?? graph).change(
      userId,
      'cancelAnalysis',
      { dreamId },
      'dream { analysis { status } }',
    );
    expect(cancelled.dream.analysis).toEqual({ status: 'CANCELLED' });
    await eventually(() => expect(analyst.gone).toBe(gone + 1));
    expect(await cancel(userId, dreamId)).toMatchObject({ dream: { analysis: { status: 'CANCELLED' } } });
    expect(kinds(heard)).toEqual(['started', 'text', 'cancelled']);
    expect(await graph.said(userId, dreamId)).toEqual(['USER: Denizdeydim.']);
    await agrees(userId, 'GRANT', 'HOLD');
    analyst.next(says('Whole.'));
    await retry(userId, dreamId);
    expect(await graph.analysed(userId, dreamId)).toMatchObject({ status: 'COMPLETED' });
    await agrees(userId, 'GRANT', 'HOLD', 'CAPTURE');
  });

  test('end with their dream, and its credit comes back', async () => {
    const { userId, dreamId, heard } = await quiet();
    analyst.next(sends([token('Half')], { hangs: true }));
    const gone = analyst.gone;
    await say(userId, dreamId, 'Denizdeydim.');
    await eventually(() => expect(shown(heard)).toBe('Half'));
    await graph.change(userId, 'deleteDream', { dreamId }, 'dreamId');
    await eventually(() => expect(analyst.gone).toBe(gone + 1));
    await agrees(userId, 'GRANT', 'HOLD', 'RELEASE');
    expect(await graph.amount(userId)).toBe(1);
  });
});
