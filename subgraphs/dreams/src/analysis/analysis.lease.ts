import type { Database } from '@kopru/runtime/database/database.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import type { Position } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { payloadOf } from './analysis.payload.ts';
import type { Timing } from './analysis.timing.ts';
import { Analysis } from './analysis.ts';

export interface LeaseDependencies {
  readonly database: Database;
  readonly builtIn: boolean;
  readonly timing: Timing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Analyses that anybody may begin: new ones, and those whose process went away. */
export async function dueAnalyses({ database, now }: LeaseDependencies, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await database.reader.query(
    'SELECT id FROM analyses WHERE due_at <= ? ORDER BY due_at LIMIT ?',
    [new Date(now()), limit],
  );
  return rows.map(({ id }) => id);
}

/** Makes an analysis this process's, and says that it begins; null where another was faster. `logPosition` is from before. */
export function claimAnalysis(
  { database, builtIn, timing, now }: LeaseDependencies,
  id: string,
  logPosition: Position | null,
): Promise<Analysis | null> {
  return database.write(async (tx) => {
    const analysis = await lockedRow(tx, Analysis, { id });
    if (!analysis || analysis.dueAt === null || analysis.dueAt.getTime() > now()) return null;
    const claimed = {
      status: 'RUNNING',
      builtIn,
      attempts: analysis.attempts + 1,
      leaseOwner: newId(),
      dueAt: new Date(now() + timing.lease),
      logPosition,
      startedAt: analysis.startedAt ?? new Date(now()),
    } as const;
    await tx.manager.update(Analysis, { id }, claimed);
    Object.assign(analysis, claimed);
    tx.emit(events.analysisStarted({ dreamId: analysis.dreamId, analysis: payloadOf(analysis) }));
    return analysis;
  });
}

/** What a claim gave: whoever has another lease of the same analysis has been replaced. */
type Lease = Pick<Analysis, 'id' | 'leaseOwner'>;

/** Says that the analysis is still worked on; false where the lease has gone to others. */
export function renewLease({ database, timing, now }: LeaseDependencies, { id, leaseOwner }: Lease): Promise<boolean> {
  return database.write(async ({ manager }) => {
    const { affected } = await manager.update(Analysis, { id, leaseOwner }, { dueAt: new Date(now() + timing.lease) });
    return affected === 1;
  });
}

/** Leaves it to the next who looks, as if nobody had begun. */
export async function releaseLease(
  { database, now }: LeaseDependencies,
  { id, leaseOwner, attempts }: Lease & Pick<Analysis, 'attempts'>,
): Promise<void> {
  await database.write(({ manager }) =>
    manager.update(
      Analysis,
      { id, leaseOwner },
      { status: 'PENDING', leaseOwner: null, attempts: attempts - 1, dueAt: new Date(now()) },
    ),
  );
}
