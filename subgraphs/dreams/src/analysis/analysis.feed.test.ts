import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { Grant } from '@kopru/runtime/subgraph/client.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { says, sends, stop, token } from '../testing/analyst-server.ts';
import { asAudience, asService, dreamerFor, stranger, TestDreams } from '../testing/dreams.ts';

const subscription = `subscription ($dreamId: ID!) { dreamAnalysis(dreamId: $dreamId) {
  __typename
  ... on AnalysisStarted { analysis { id status builtIn startedAt } }
  ... on AnalysisText { analysisId text position }
  ... on AnalysisCompleted { message { id dreamId role message createdAt nonce } analysis { id status finishedAt } }
  ... on AnalysisFailed { errorCode analysis { id status errorCode } }
  ... on AnalysisCancelled { analysis { id status } }
} }`;

describe.each(backends)('the feed of analyses on $name', ({ open }) => {
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

  async function granted(dreamId: string, as: string): Promise<Grant> {
    const handshake = await graph.graph.handshake(subscription, { dreamId }, as);
    if ('errors' in handshake) throw new Error(JSON.stringify(handshake.errors));
    return handshake.grant;
  }
  const refused = async (dreamId: string, as?: Parameters<typeof graph.graph.handshake>[2]) => {
    const handshake = await graph.graph.handshake(subscription, { dreamId }, as);
    return 'errors' in handshake ? handshake.errors[0]?.extensions?.code : 'granted';
  };
  /** Everything that somebody hears who comes with this grant, as a router listens for them. */
  async function listen({ topics, types, after }: Grant): Promise<LogEvent[]> {
    const heard: LogEvent[] = [];
    const keep = (event: LogEvent): void => void (types.includes(event.type) && heard.push(event));
    await graph.graph.ground.log.subscribe(topics, keep, { after });
    return heard;
  }
  const project = async (event: LogEvent, dreamId: string, as: Parameters<typeof graph.graph.project>[3]) =>
    (await graph.graph.project(event, subscription, { dreamId }, as)).data?.dreamAnalysis;

  test('is for the author alone, and ends with the dream', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    const { topics, types, recheckOn } = await granted(dreamId, ada);
    expect({ topics, recheckOn }).toEqual({ topics: [`dream:${dreamId}`], recheckOn: [`access:dream:${dreamId}`] });
    expect(types.every((type) => type.startsWith('analysis.'))).toBe(true);
    expect(await refused(dreamId, stranger())).toBe('NOT_FOUND');
    expect(await refused(dreamId)).toBe('UNAUTHENTICATED');
    expect(await refused(dreamId, asService)).toBe('UNAUTHENTICATED');
    expect(await refused('', ada)).toBe('NOT_FOUND');
    const gone = await graph.graph.record(...recheckOn);
    await graph.change(ada, 'deleteDream', { dreamId }, 'dreamId');
    await eventually(() => expect(gone.map(({ type }) => type)).toEqual(['dream.deleted']));
    expect(await refused(dreamId, ada)).toBe('NOT_FOUND');
  });

  test('says what happens without asking who hears it, for only the author does', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    const heard = await listen(await granted(dreamId, ada));
    graph.analyst.next(says('Deniz.'));
    await graph.change(ada, 'sendDreamMessage', { dreamId, message: 'Denizdeydim.' }, 'message { id }');
    const { id } = await graph.analysed(ada, dreamId);
    await eventually(() => expect(heard).toHaveLength(3));
    const shown = await Promise.all(heard.map((event) => project(event, dreamId, asAudience(...event.topics))));
    const message = { dreamId, role: 'ANALYST', message: 'Deniz.', nonce: null, id: expect.any(String) };
    expect(shown).toMatchObject([
      { __typename: 'AnalysisStarted', analysis: { id, status: 'RUNNING', builtIn: false } },
      { __typename: 'AnalysisText', analysisId: id, text: 'Deniz.', position: 0 },
      { __typename: 'AnalysisCompleted', message, analysis: { id, status: 'COMPLETED' } },
    ]);
  });

  test('gives whoever comes in the middle the text so far, then the rest', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    const early = await listen(await granted(dreamId, ada));
    let goOn: (value?: unknown) => void = () => undefined;
    graph.analyst.next(async (response) => {
      sends([token('The first'), token(' half,')], { hangs: true })(response);
      await new Promise((resolve) => (goOn = resolve));
      response.end(token(' and the other.') + stop);
    });
    await graph.change(ada, 'sendDreamMessage', { dreamId, message: 'Denizdeydim.' }, 'message { id }');
    const text = (events: readonly LogEvent[]) =>
      events.reduce((so, { payload: { text, position } }) => (text ? so.slice(0, Number(position)) + text : so), '');
    await eventually(() => expect(text(early)).toBe('The first half,'));
    const late = await listen(await granted(dreamId, ada));
    await eventually(() => expect(text(late)).toBe('The first half,'));
    expect(late[0]?.type).toBe('analysis.started');
    goOn();
    for (const heard of [early, late]) await eventually(() => expect(heard.at(-1)?.type).toBe('analysis.completed'));
    expect([text(early), text(late)]).toEqual(Array.from({ length: 2 }, () => 'The first half, and the other.'));
    // Whoever comes afterwards hears of the next one alone.
    const after = await listen(await granted(dreamId, ada));
    graph.analyst.next(says('Another.'));
    await graph.change(ada, 'sendDreamMessage', { dreamId, message: 'Ve sonra?' }, 'message { id }');
    await eventually(() => expect(after.at(-1)?.type).toBe('analysis.completed'));
    expect([after[0]?.type, text(after)]).toEqual(['analysis.started', 'Another.']);
  });

  test('says that the author wanted no answer', async () => {
    const ada = dreamerFor(0);
    const dreamId = await graph.dream(ada);
    graph.analyst.next(sends([token('Half')], { hangs: true }));
    await graph.change(ada, 'sendDreamMessage', { dreamId, message: 'Denizdeydim.' }, 'message { id }');
    const early = await listen(await granted(dreamId, ada));
    await eventually(() => expect(early.map(({ type }) => type)).toContain('analysis.text'));
    await graph.change(ada, 'cancelAnalysis', { dreamId }, 'dream { id }');
    await eventually(() => expect(early.at(-1)?.type).toBe('analysis.cancelled'));
    const last = early.at(-1) as LogEvent;
    expect(await project(last, dreamId, ada)).toMatchObject({
      __typename: 'AnalysisCancelled',
      analysis: { status: 'CANCELLED' },
    });
  });
});
