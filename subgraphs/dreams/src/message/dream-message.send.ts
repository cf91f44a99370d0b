import type { Context } from '@kopru/runtime/context.ts';
import type { Transaction } from '@kopru/runtime/database/database.ts';
import { messageLength, nonceLength } from '@kopru/schema/limits.ts';
import { type AnalysisDependencies, requestAnalysis, requireIdle } from '../analysis/analysis.request.ts';
import { changeDream, ownDream } from '../dream/dream.own.ts';
import { excerptOf } from '../dream/dream.text.ts';
import type { Dream } from '../dream/dream.ts';
import { Dreamer } from '../dreamer/dreamer.ts';
import { faultOf, refuseFaults } from '../input/text.ts';
import { addMessage } from './dream-message.add.ts';
import type { SendDreamMessageInput } from './dream-message.inputs.ts';
import { DreamMessage } from './dream-message.ts';

export const messageFault = (message: string): string | null => faultOf(message, messageLength);

/**
 * Says something about the viewer's dream and asks the analyst, or gives the message that was sent with the same nonce.
 * @throws VALIDATION_FAILED, NOT_FOUND; CONFLICT while an analysis runs
 */
export async function sendDreamMessage(
  parts: AnalysisDependencies,
  { dreamId, message, nonce = null }: SendDreamMessageInput,
  context: Context,
): Promise<{ message: DreamMessage; dream: Dream }> {
  const { userId } = context.viewer;
  refuseFaults({ message: messageFault(message), nonce: nonce === null ? null : faultOf(nonce, nonceLength) });
  const sent = await parts.database.write(async (tx) => {
    const dream = await ownDream(tx, dreamId, userId);
    const first = nonce === null ? null : await tx.manager.findOneBy(DreamMessage, { dreamId, nonce });
    if (first) return { message: first, dream };
    await requireIdle(tx, dream);
    return { dream, message: await askAnalyst(parts, tx, dream, { message, nonce, at: new Date(parts.now()) }) };
  });
  parts.wake();
  return sent;
}

/** Stores what the author of a dream says, in a transaction that has the dream to itself, and asks for an analysis of it. */
export async function askAnalyst(
  parts: AnalysisDependencies,
  tx: Transaction,
  dream: Dream,
  { message, nonce, at }: { readonly message: string; readonly nonce: string | null; readonly at: Date },
): Promise<DreamMessage> {
  const sent = await addMessage(tx, { dreamId: dream.id, role: 'USER', message, nonce, createdAt: at });
  const dreamer = { userId: dream.authorId, lastChatAt: at };
  await tx.manager
    .createQueryBuilder()
    .insert()
    .into(Dreamer)
    .values(dreamer)
    .orUpdate(['last_chat_at'], ['user_id'])
    .updateEntity(false)
    .execute();
  // Of the first message alone: who has taken a description away wants none.
  const description = dream.analysisId === null ? (dream.description ?? excerptOf(message)) : dream.description;
  const analysisId = await requestAnalysis(parts, tx, dream.id, at);
  await changeDream(tx, dream, { analysisId, description }, at);
  return sent;
}
