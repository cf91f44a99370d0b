import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import type { Destination } from '@kopru/runtime/events/log.ts';
import { type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { sideOf } from '../access/agents.ts';
import type { ThreadLookup } from '../thread/thread.lookup.ts';
import { beat } from './heartbeat.ts';
import {
  StartSupportTypingInput,
  StartSupportTypingPayload,
  VisitorHeartbeatInput,
  VisitorHeartbeatPayload,
} from './signs.inputs.ts';
import type { Typing } from './typing.ts';

interface SignParts {
  readonly database: Database;
  readonly destination: Destination;
  readonly threads: ThreadLookup;
  readonly typing: Typing;
  readonly quota: Quota;
}

/** How many signs of a kind each side of a thread may give. */
const signs = { limit: 60, windowSeconds: 60 };

/** Signs of life of either side. */
@Resolver()
export class SignsResolver {
  readonly #parts: SignParts;

  constructor(parts: SignParts) {
    this.#parts = parts;
  }

  @Mutation(() => VisitorHeartbeatPayload, {
    description:
      'Says that the visitor is there, which shows them online for 2 minutes. NOT_FOUND (SupportThread); FORBIDDEN (SupportThread) for agents, who are none; RATE_LIMITED past 60 a minute.',
  })
  async visitorHeartbeat(
    @Arg('input', () => VisitorHeartbeatInput, { description: 'The visitor.' }) { threadId }: VisitorHeartbeatInput,
    @Ctx() context: Context,
  ): Promise<VisitorHeartbeatPayload> {
    if (sideOf(context) === 'AGENT') throw forbidden('An agent is not the visitor.', 'SupportThread');
    await this.#parts.threads.knownNow(threadId);
    await spend(this.#parts.quota, `support-heartbeats ${threadId}`, signs);
    return { thread: await context.written(beat(this.#parts.database, this.#parts.destination, threadId)) };
  }

  @Mutation(() => StartSupportTypingPayload, {
    description:
      'Says that an agent, or else the visitor, is typing. Said more than once in 2 seconds, it is announced once. NOT_FOUND (SupportThread), RATE_LIMITED past 60 a minute for each side.',
  })
  async startSupportTyping(
    @Arg('input', () => StartSupportTypingInput, { description: 'Where.' }) { threadId }: StartSupportTypingInput,
    @Ctx() context: Context,
  ): Promise<StartSupportTypingPayload> {
    const side = sideOf(context);
    const thread = await this.#parts.threads.knownNow(threadId);
    await spend(this.#parts.quota, `support-typing ${side} ${threadId}`, signs);
    await this.#parts.typing.start(threadId, side);
    return { thread };
  }
}
