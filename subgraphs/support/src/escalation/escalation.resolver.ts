import type { Batch, Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Peers } from '../references/peers.ts';
import { SupportThread } from '../thread/thread.ts';
import { historyOfDream } from './dream.history.ts';
import { type EscalatingDependencies, escalate, type Matter } from './escalate.ts';
import {
  EscalateDreamInput,
  EscalateDreamPayload,
  EscalateMessageInput,
  EscalateMessagePayload,
} from './escalation.inputs.ts';
import { Escalation } from './escalation.ts';
import { historyOfMessage } from './message.history.ts';

interface EscalationParts extends EscalatingDependencies {
  readonly peer: Peers;
  readonly ofThread: Batch<string, Escalation | null>;
}

/** What is said elsewhere becomes a thread. */
@Resolver(() => SupportThread)
export class EscalationResolver {
  readonly #parts: EscalationParts;

  constructor(parts: EscalationParts) {
    this.#parts = parts;
  }

  @Mutation(() => EscalateMessagePayload, {
    description:
      'Begins a support thread with a copy of a message and of up to 10 before and 10 after it, which the agents then see. Only for whoever may read it, else NOT_FOUND (Message). RATE_LIMITED past 20 an hour.',
  })
  async escalateMessage(
    @Arg('input', () => EscalateMessageInput, { description: 'The message.' }) { messageId }: EscalateMessageInput,
    @Ctx() context: Context,
  ): Promise<EscalateMessagePayload> {
    const { peer, people } = this.#parts;
    const history = () => historyOfMessage(peer, people, messageId, context);
    return { thread: await this.#escalate({ kind: 'MESSAGE', sourceId: messageId, history }, context) };
  }

  @Mutation(() => EscalateDreamPayload, {
    description:
      'Begins a support thread with a copy of a dream and of the newest 50 messages about it, which the agents then see. Only for its author, else NOT_FOUND (Dream). RATE_LIMITED past 20 an hour.',
  })
  async escalateDream(
    @Arg('input', () => EscalateDreamInput, { description: 'The dream.' }) { dreamId }: EscalateDreamInput,
    @Ctx() context: Context,
  ): Promise<EscalateDreamPayload> {
    const history = () => historyOfDream(this.#parts.peer, dreamId, context);
    return { thread: await this.#escalate({ kind: 'DREAM', sourceId: dreamId, history }, context) };
  }

  @FieldResolver(() => Escalation, {
    nullable: true,
    description: 'The message or dream that it was made of; null where it began as a conversation.',
  })
  escalation(@Root() { id }: SupportThread, @Ctx() context: Context): Promise<Escalation | null> {
    return context.load(this.#parts.ofThread).load(id);
  }

  #escalate(matter: Matter, context: Context): Promise<SupportThread> {
    return context.written(escalate(this.#parts, matter, context));
  }
}
