import type { Context } from '@kopru/runtime/context.ts';
import { conflict } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import { changeDream, ownDream } from '../dream/dream.own.ts';
import type { Dream } from '../dream/dream.ts';
import { payloadOf } from './analysis.payload.ts';
import { type AnalysisDependencies, isOver, latestOf, requestAnalysis } from './analysis.request.ts';
import { Analysis } from './analysis.ts';

/** Asks the analyst again. It never charges: what the dream costs is set aside already, or spent. @throws NOT_FOUND; CONFLICT unless the latest analysis failed or was cancelled */
export async function retryAnalysis(parts: AnalysisDependencies, dreamId: string, context: Context): Promise<Dream> {
  const { userId } = context.viewer;
  const dream = await parts.database.write(async (tx) => {
    const own = await ownDream(tx, dreamId, userId);
    const latest = await latestOf(tx, own);
    if (latest?.status !== 'FAILED' && latest?.status !== 'CANCELLED')
      throw conflict('Only an analysis that failed or was cancelled is made again.', 'Analysis');
    const at = new Date(parts.now());
    return changeDream(tx, own, { analysisId: await requestAnalysis(parts, tx, dreamId, at) }, at);
  });
  parts.wake();
  return dream;
}

/** Ends the analysis that runs; where none does, nothing changes. @throws NOT_FOUND */
export async function cancelAnalysis(parts: AnalysisDependencies, dreamId: string, context: Context): Promise<Dream> {
  const { userId } = context.viewer;
  return parts.database.write(async (tx) => {
    const dream = await ownDream(tx, dreamId, userId);
    const latest = await latestOf(tx, dream);
    if (!latest || isOver(latest.status)) return dream;
    const finishedAt = new Date(parts.now());
    const end = { status: 'CANCELLED', finishedAt, dueAt: null, leaseOwner: null } as const;
    // Whoever works on it holds no lock of the dream's until it is done, and then finds that this was before.
    await tx.manager.update(Analysis, { id: latest.id }, end);
    const analysis = payloadOf(Object.assign(latest, end));
    tx.emit(events.analysisCancelled({ dreamId, analysis }));
    return changeDream(tx, dream, {}, finishedAt);
  });
}
