import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { displayNameFrom } from '../input/text.ts';
import { written } from '../written.ts';
import {
  ResumeSupportThreadInput,
  ResumeSupportThreadPayload,
  StartSupportThreadInput,
  StartSupportThreadPayload,
} from './thread.inputs.ts';
import type { ThreadLookup } from './thread.lookup.ts';
import { startThread } from './thread.start.ts';
import { SupportThread } from './thread.ts';

/** What a visitor does with a thread as a whole. */
@Resolver()
export class ThreadResolver {
  readonly #database: Database;
  readonly #lookup: ThreadLookup;

  constructor(database: Database, lookup: ThreadLookup) {
    this.#database = database;
    this.#lookup = lookup;
  }

  @Query(() => SupportThread, {
    nullable: true,
    description: 'One conversation, for whoever knows its id. NOT_FOUND (SupportThread).',
  })
  supportThread(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: Context) {
    return this.#lookup.known(id, context);
  }

  @Mutation(() => StartSupportThreadPayload, {
    description:
      'Begins a conversation with the support agents; nobody needs to sign in. VALIDATION_FAILED (`displayName`).',
  })
  async startSupportThread(
    @Arg('input', () => StartSupportThreadInput, { description: 'The visitor.' }) input: StartSupportThreadInput,
    @Ctx() context: Context,
  ): Promise<StartSupportThreadPayload> {
    const displayName = displayNameFrom(input.displayName);
    const accountId = context.viewerOrNull?.userId ?? null;
    const start = this.#database.write((tx) => startThread(tx, { displayName, origin: 'WEB', accountId }));
    return { thread: await written(context, start) };
  }

  @Mutation(() => ResumeSupportThreadPayload, {
    description: 'Goes on with a conversation that the visitor began earlier. NOT_FOUND (SupportThread).',
  })
  async resumeSupportThread(
    @Arg('input', () => ResumeSupportThreadInput, { description: 'Which one.' }) { threadId }: ResumeSupportThreadInput,
  ): Promise<ResumeSupportThreadPayload> {
    return { thread: await this.#lookup.knownNow(threadId) };
  }
}
