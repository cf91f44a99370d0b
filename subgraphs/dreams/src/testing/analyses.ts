import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { expect } from 'vitest';
import { Analysis } from '../analysis/analysis.ts';
import { dreamerFor, type TestDreams } from './dreams.ts';

/** The answer as whoever follows the events shows it. */
export function shown(events: readonly LogEvent[]): string {
  let text = '';
  for (const { type, payload } of events)
    if (type === 'analysis.text') text = text.slice(0, Number(payload.position)) + payload.text;
  return text;
}
/** What happened, pieces that follow each other as one. */
export const kinds = (events: readonly LogEvent[]): string[] =>
  events
    .map(({ type }) => type.replace('analysis.', ''))
    .filter((kind, at, all) => kind !== 'text' || all[at - 1] !== kind);

/** What tests of analyses do, in the subgraph that is open then. */
export function analysesIn(open: () => TestDreams) {
  const say = (as: string, dreamId: string, message: string) =>
    open().change(as, 'sendDreamMessage', { dreamId, message }, 'message { id } dream { analysis { id status } }');
  const retry = (as: string, dreamId: string) =>
    open().change(as, 'retryAnalysis', { dreamId }, 'dream { analysis { id status errorCode } }');
  const cancel = (as: string, dreamId: string) =>
    open().change(as, 'cancelAnalysis', { dreamId }, 'dream { analysis { id status } }');
  const agrees = async (userId: string, ...entries: string[]) => {
    const { balances, byEntries, byDreams, entries: found } = await open().ledger(userId);
    expect([byEntries, byDreams]).toEqual([balances, balances]);
    expect(found).toEqual(entries);
  };
  /** A dream about which nothing was said yet, and all that happens to it. */
  async function quiet(userId = dreamerFor(0)) {
    const dreamId = await open().dream(userId);
    return { userId, dreamId, heard: await open().graph.record(`dream:${dreamId}`) };
  }
  const running = (dreamId: string) =>
    eventually(async () => {
      const found = await open().graph.database.reader.findOneBy(Analysis, { dreamId, status: 'RUNNING' });
      if (!found) throw new Error('Not yet.');
      return found;
    });
  return { say, retry, cancel, agrees, quiet, running };
}
