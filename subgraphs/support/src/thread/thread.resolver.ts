import { networkOf } from '@kopru/runtime/client.ts';
import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { sideOf } from '../access/agents.ts';
import { displayNameFrom } from '../input/text.ts';
import { markThreadSeen } from './thread.change.ts';
import {
  MarkThreadSeenInput,
  MarkThreadSeenPayload,
  ResumeSupportThreadInput,
  ResumeSupportThreadPayload,
  StartSupportThreadInput,
  StartSupportThreadPayload,
} from './thread.inputs.ts';
import type { ThreadLookup } from './thread.lookup.ts';
import { startThread } from './thread.start.ts';
import { SupportThread } from './thread.ts';

interface ThreadParts {
  readonly database: Database;
  readonly threads: ThreadLookup;
  readonly quota: Quota;
}

/** How many threads may begin at one address: many visitors may come through one. */
const threadsOfAddress = { limit: 1_000, windowSeconds: 60 };

/** What whoever knows a thread does with it as a whole. */
@Resolver()
export class ThreadResolver {
  readonly #parts: ThreadParts;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
  }

  @Query(() => SupportThread, {
    nullable: true,
    description: 'One conversation, for whoever knows its id. NOT_FOUND (SupportThread).',
  })
  supportThread(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: Context,
  ): Promise<SupportThread> {
    return this.#parts.threads.known(id, context);
  }

  @Mutation(() => StartSupportThreadPayload, {
    description:
      'Begins a conversation with the support agents; nobody needs to sign in. VALIDATION_FAILED (`displayName`); RATE_LIMITED past 1000 a minute from one address.',
  })
  async startSupportThread(
    @Arg('input', () => StartSupportThreadInput, { description: 'The visitor.' }) input: StartSupportThreadInput,
    @Ctx() context: Context,
  ): Promise<StartSupportThreadPayload> {
    const displayName = displayNameFrom(input.displayName);
    const accountId = context.viewerOrNull?.userId ?? null;
    await spend(this.#parts.quota, `support-threads ${networkOf(context.client.address)}`, threadsOfAddress);
    const start = this.#parts.database.write((tx) => startThread(tx, { displayName, origin: 'WEB', accountId }));
    return { thread: await context.written(start) };
  }

  @Mutation(() => ResumeSupportThreadPayload, {
    description: 'Goes on with a conversation that the visitor began earlier. NOT_FOUND (SupportThread).',
  })
  async resumeSupportThread(
    @Arg('input', () => ResumeSupportThreadInput, { description: 'Which one.' }) { threadId }: ResumeSupportThreadInput,
  ): Promise<ResumeSupportThreadPayload> {
    return { thread: await this.#parts.threads.knownNow(threadId) };
  }

  @Mutation(() => MarkThreadSeenPayload, {
    description:
      'Moves the place of the agents, or else of the visitor, forward; a place further back changes nothing. NOT_FOUND (SupportThread, SupportMessage).',
  })
  async markThreadSeen(
    @Arg('input', () => MarkThreadSeenInput, { description: 'The place.' }) input: MarkThreadSeenInput,
    @Ctx() context: Context,
  ): Promise<MarkThreadSeenPayload> {
    const side = sideOf(context);
    const write = this.#parts.database.write((tx) => markThreadSeen(tx, input, side));
    return { thread: await context.written(write) };
  }
}
