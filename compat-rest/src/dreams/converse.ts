import {
  AnalysisEnds,
  type AnalysisEndsSubscription,
  type MessageFieldsFragment,
  SendDreamMessage,
  type SendDreamMessageInput,
} from '@kopru/schema/operations/dreams.ts';
import type { Listen, Run } from '../operation.ts';

/** How long a caller waits for the analyst, in milliseconds. Whenever the answer comes, it is among the messages. */
const patience = 60_000;

export interface Conversation {
  readonly user: MessageFieldsFragment;
  /** Null where the analyst is not asked, failed, was told to stop, or takes longer. */
  readonly analyst: MessageFieldsFragment | null;
}

/** Says something about a dream and waits for the answer, which older clients expect in the same breath. */
export async function converse(run: Run, listen: Listen, input: SendDreamMessageInput): Promise<Conversation> {
  /** What became of each analysis that has ended since. */
  const ends = new Map<string, MessageFieldsFragment | null>();
  const over = Promise.withResolvers<null>();
  let look = (): void => undefined;
  // Before it is said: the answer may be faster than what says that it was.
  const { close } = await listen(
    AnalysisEnds,
    { dreamId: input.dreamId },
    {
      next({ result }) {
        const event = (result.data as AnalysisEndsSubscription | null | undefined)?.dreamAnalysis;
        if (!event || !('analysis' in event)) return;
        ends.set(event.analysis.id, 'message' in event ? event.message : null);
        look();
      },
      error: () => over.resolve(null),
    },
  );
  const timer = setTimeout(() => over.resolve(null), patience);
  try {
    const { message: user, dream } = (await run(SendDreamMessage, { input })).sendDreamMessage;
    const { analysis } = dream;
    if (!analysis) return { user, analyst: null };
    const answered = new Promise<MessageFieldsFragment | null>((resolve) => {
      look = () => {
        const end = ends.get(analysis.id);
        if (end !== undefined) resolve(end);
      };
      look();
    });
    return { user, analyst: await Promise.race([answered, over.promise]) };
  } finally {
    clearTimeout(timer);
    close();
  }
}
