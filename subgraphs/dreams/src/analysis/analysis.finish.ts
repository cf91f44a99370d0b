import type { Transaction } from '@kopru/runtime/database/database.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { events } from '@kopru/schema/events.ts';
import type { AnalystFailureCode } from '../analyst/analyst.ts';
import { settle } from '../credit/ledger.ts';
import { changeDream } from '../dream/dream.own.ts';
import { Dream } from '../dream/dream.ts';
import { addMessage } from '../message/dream-message.add.ts';
import { messagePayloadOf } from '../message/dream-message.payload.ts';
import type { LeaseDependencies } from './analysis.lease.ts';
import { payloadOf } from './analysis.payload.ts';
import { Analysis } from './analysis.ts';

type Which = Pick<Analysis, 'id' | 'dreamId' | 'leaseOwner'>;

/**
 * Stores the answer. With the first one of a dream its credit is spent, in the same transaction and under the same lock,
 * so that it is spent once. False, and nothing is written, where the lease has gone to others.
 */
export function completeAnalysis(parts: LeaseDependencies, which: Which, answer: string): Promise<boolean> {
  return finish(parts, which, async (tx, dream, analysis, at) => {
    const { id: dreamId, authorId, charge } = dream;
    const said = { dreamId, role: 'ANALYST', message: answer, nonce: null, createdAt: at } as const;
    const message = await addMessage(tx, said);
    if (charge === 'HELD') await settle(tx, 'CAPTURE', authorId, dreamId, at);
    await changeDream(tx, dream, { charge: 'CAPTURED' }, at);
    await end(tx, analysis, { status: 'COMPLETED', errorCode: null }, at);
    tx.emit(events.analysisCompleted({ dreamId, analysis: payloadOf(analysis), message: messagePayloadOf(message) }));
  });
}

/** Says why there is no answer; what the dream costs stays set aside for another try. False as above. */
export function failAnalysis(
  parts: LeaseDependencies,
  which: Which,
  errorCode: AnalystFailureCode | 'INTERRUPTED',
): Promise<boolean> {
  return finish(parts, which, async (tx, dream, analysis, at) => {
    await changeDream(tx, dream, {}, at);
    await end(tx, analysis, { status: 'FAILED', errorCode }, at);
    tx.emit(events.analysisFailed({ dreamId: dream.id, analysis: payloadOf(analysis) }));
  });
}

/** Whoever changes a dream locks it first and what belongs to it then, so no two wait for each other. */
function finish(
  { database, now }: LeaseDependencies,
  { id, dreamId, leaseOwner }: Which,
  work: (tx: Transaction, dream: Dream, analysis: Analysis, at: Date) => Promise<void>,
): Promise<boolean> {
  return database.write(async (tx) => {
    const dream = await lockedRow(tx, Dream, { id: dreamId });
    const analysis = await lockedRow(tx, Analysis, { id });
    if (!dream || analysis?.status !== 'RUNNING' || analysis.leaseOwner !== leaseOwner) return false;
    await work(tx, dream, analysis, new Date(now()));
    return true;
  });
}

async function end(
  { manager }: Transaction,
  analysis: Analysis,
  how: Pick<Analysis, 'status' | 'errorCode'>,
  finishedAt: Date,
): Promise<void> {
  const ended = { ...how, finishedAt, leaseOwner: null, dueAt: null };
  await manager.update(Analysis, { id: analysis.id }, ended);
  Object.assign(analysis, ended);
}
