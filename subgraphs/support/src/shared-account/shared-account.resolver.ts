import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { isAgent } from '../access/agents.ts';
import type { Peers } from '../references/peers.ts';
import type { ThreadLookup } from '../thread/thread.lookup.ts';
import { SupportThread } from '../thread/thread.ts';
import { ShareAccountInput, ShareAccountPayload } from './shared-account.inputs.ts';
import { shareAccount } from './shared-account.share.ts';
import { SharedAccount } from './shared-account.ts';

interface SharedAccountParts {
  readonly database: Database;
  readonly peer: Peers;
  readonly threads: ThreadLookup;
  readonly shared: Batch<string, SharedAccount | null>;
}

/** What agents see of an account beyond what everybody does: what its owner shows them. */
@Resolver(() => SupportThread)
export class SharedAccountResolver {
  readonly #parts: SharedAccountParts;

  constructor(parts: SharedAccountParts) {
    this.#parts = parts;
  }

  @Mutation(() => ShareAccountPayload, {
    description:
      'Shows the agents of a thread a copy of what the viewer has elsewhere, in place of what was shown before; with nothing chosen, takes it back. Only for who began the thread signed in, else FORBIDDEN (SupportThread). NOT_FOUND (SupportThread).',
  })
  async shareAccount(
    @Arg('input', () => ShareAccountInput, { description: 'What is shown.' }) input: ShareAccountInput,
    @Ctx() context: Context,
  ): Promise<ShareAccountPayload> {
    const { database, peer } = this.#parts;
    return { thread: await context.written(shareAccount(database, peer, input, context)) };
  }

  @FieldResolver(() => SharedAccount, {
    nullable: true,
    description:
      'What the visitor shows of their account; null for nothing. Only for agents and for who began the thread signed in, else FORBIDDEN (SupportThread).',
  })
  async sharedAccount(@Root() { id }: SupportThread, @Ctx() context: Context): Promise<SharedAccount | null> {
    if (!isAgent(context) && !(await this.#isOwn(id, context)))
      throw forbidden('Only support agents and whose account it is see this.', 'SupportThread');
    return context.load(this.#parts.shared).load(id);
  }

  async #isOwn(threadId: string, context: Context): Promise<boolean> {
    const viewer = context.viewerOrNull;
    if (!viewer) return false;
    const secrets = await context.load(this.#parts.threads.secrets).load(threadId);
    return secrets?.accountId === viewer.userId;
  }
}
