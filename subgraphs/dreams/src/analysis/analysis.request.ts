import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { conflict } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Dream } from '../dream/dream.ts';
import { Analysis, type AnalysisStatus } from './analysis.ts';

export interface AnalysisDependencies {
  readonly database: Database;
  /** Whether the built-in analyst answers. */
  readonly builtIn: boolean;
  /** Has whoever works on analyses look for new ones. */
  readonly wake: () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const isOver = (status: AnalysisStatus): boolean => status !== 'PENDING' && status !== 'RUNNING';

/** Asks for an analysis of a dream that the transaction has to itself; gives its id. */
export async function requestAnalysis(
  { builtIn }: AnalysisDependencies,
  { manager }: Transaction,
  dreamId: string,
  at: Date,
): Promise<string> {
  const id = newId();
  await manager.insert(Analysis, { id, dreamId, status: 'PENDING', builtIn, attempts: 0, dueAt: at });
  return id;
}

/** The latest analysis of a dream that the transaction has to itself. */
export const latestOf = ({ manager }: Transaction, { analysisId }: Dream): Promise<Analysis | null> | null =>
  analysisId === null ? null : manager.findOneBy(Analysis, { id: analysisId });

/** @throws CONFLICT while an analysis of the dream runs */
export async function requireIdle(tx: Transaction, dream: Dream): Promise<void> {
  const latest = await latestOf(tx, dream);
  if (latest && !isOver(latest.status)) throw conflict('The analyst is still answering.', 'Analysis');
}
