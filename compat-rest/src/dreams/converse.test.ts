import { conflict, notFound } from '@kopru/runtime/errors.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { AnalysisEnds, type MessageFieldsFragment, SendDreamMessage } from '@kopru/schema/operations/dreams.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listenAs, runAs } from '../operation.ts';
import { FakeGraph } from '../testing/graph.ts';
import { converse } from './converse.ts';

const caller: Caller = { requestId: 'r', client: { address: '', userAgent: '' }, token: 't' };
const input = { dreamId: 'd', message: 'Denizi gördüm.' };
const message = (id: string, role: MessageFieldsFragment['role']): MessageFieldsFragment => ({
  id,
  dreamId: 'd',
  role,
  message: `message ${id}`,
  createdAt: '2026-02-16T12:00:00.000Z',
});
const said = message('1', 'USER');
const answer = message('2', 'ANALYST');

describe('a conversation with the analyst', () => {
  let graph: FakeGraph;
  beforeEach(() => {
    graph = new FakeGraph().on(SendDreamMessage, () => sent());
  });
  afterEach(() => {
    vi.useRealTimers();
    expect(graph.sinks.size).toBe(0);
  });

  const sent = () => ({ sendDreamMessage: { message: said, dream: { analysis: { id: 'a' } } } });
  const ends = (id: string, __typename = 'AnalysisCompleted') =>
    graph.deliver({
      data: {
        dreamAnalysis: {
          __typename,
          analysis: { id },
          ...(__typename === 'AnalysisCompleted' && { message: answer }),
        },
      },
    });
  const talk = () => converse(runAs(graph, caller), listenAs(graph, caller), input);
  const listening = () => vi.waitUntil(() => graph.asked.some(({ name }) => name === 'SendDreamMessage'));

  test('ends with the answer, whatever is heard before', async () => {
    const talking = talk();
    await listening();
    graph.deliver({ data: { dreamAnalysis: { __typename: 'AnalysisStarted' } } });
    graph.deliver({ data: { dreamAnalysis: { __typename: 'AnalysisText' } } });
    ends('another', 'AnalysisFailed');
    ends('a');
    expect(await talking).toEqual({ user: said, analyst: answer });
    expect(graph.asked.map(({ name, caller: { token } }) => [name, token])).toEqual([
      ['AnalysisEnds', 't'],
      ['SendDreamMessage', 't'],
    ]);
    expect(graph.asked[0]?.variables).toEqual({ dreamId: 'd' });
  });

  test('takes an answer that is faster than the word that it was asked for', async () => {
    graph.on(SendDreamMessage, () => {
      ends('a');
      return sent();
    });
    expect(await talk()).toEqual({ user: said, analyst: answer });
  });

  test.each(['AnalysisFailed', 'AnalysisCancelled'])('has no answer after %s', async (type) => {
    const talking = talk();
    await listening();
    ends('a', type);
    expect(await talking).toEqual({ user: said, analyst: null });
  });

  test('has none where nothing more is heard, or not in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const talking = talk();
    await Promise.resolve();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await talking).toEqual({ user: said, analyst: null });
    const again = talk();
    await vi.advanceTimersByTimeAsync(1);
    for (const sink of graph.listening(AnalysisEnds)) sink.error([]);
    expect(await again).toEqual({ user: said, analyst: null });
  });

  test('has none at once where none is to come', async () => {
    graph.on(SendDreamMessage, () => ({ sendDreamMessage: { message: said, dream: { analysis: null } } }));
    expect(await talk()).toEqual({ user: said, analyst: null });
  });

  test('does not begin where the dream may not be heard, and ends where nothing may be said', async () => {
    graph.on(SendDreamMessage, () => {
      throw conflict('An answer is being written.', 'Analysis');
    });
    await expect(talk()).rejects.toMatchObject({ failure: { code: 'CONFLICT' } });
    graph.refusal = notFound('Dream');
    await expect(talk()).rejects.toMatchObject({ failure: { code: 'NOT_FOUND', resource: 'Dream' } });
  });
});
