import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import { type Connection, ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireAgent } from '../access/agents.ts';
import type { Outlet } from '../outlet/outlet.ts';
import type { People } from '../references/people.ts';
import { assignThread, setThreadStatus } from '../thread/thread.change.ts';
import { clearAllThreads, clearThread } from '../thread/thread.clear.ts';
import { SupportThreadConnection } from '../thread/thread.connection.ts';
import type { ThreadList } from '../thread/thread.list.ts';
import { type SupportThread, type SupportThreadStatus, SupportThreadStatuses } from '../thread/thread.ts';
import type { UploadSweep } from '../upload/upload.sweep.ts';
import {
  AssignThreadInput,
  AssignThreadPayload,
  ClearAllThreadsPayload,
  ClearThreadInput,
  ClearThreadPayload,
  SetThreadStatusInput,
  SetThreadStatusPayload,
} from './desk.inputs.ts';

interface DeskParts {
  readonly database: Database;
  readonly list: ThreadList;
  readonly people: People;
  readonly outlets: readonly Outlet[];
  readonly sweep: UploadSweep;
}

const forAgents = 'UNAUTHENTICATED, FORBIDDEN (SupportThread) for anybody but agents.';

/** What agents do. */
@Resolver()
export class DeskResolver {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  @Query(() => SupportThreadConnection, {
    description: `All threads, newest last message first, those without one last. ${forAgents}`,
  })
  async supportThreads(
    @Arg('status', () => SupportThreadStatuses, { nullable: true, description: 'Only those that are as far.' })
    status: SupportThreadStatus | null | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SupportThread>> {
    requireAgent(context);
    return this.#parts.list.all(status ?? null, args, context);
  }

  @Mutation(() => AssignThreadPayload, {
    description: `Says who takes care of a thread. NOT_FOUND (SupportThread), VALIDATION_FAILED (\`assigneeId\`); ${forAgents}`,
  })
  async assignThread(
    @Arg('input', () => AssignThreadInput, { description: 'Who.' }) { threadId, assigneeId = null }: AssignThreadInput,
    @Ctx() context: Context,
  ): Promise<AssignThreadPayload> {
    requireAgent(context);
    if (assigneeId !== null && !(await this.#parts.people.isActive(assigneeId, context)))
      throw validationFailed({ assigneeId: ['No open account.'] });
    const write = this.#parts.database.write((tx) => assignThread(tx, threadId, assigneeId));
    return { thread: await context.written(write) };
  }

  @Mutation(() => SetThreadStatusPayload, {
    description: `Says how far a thread is. NOT_FOUND (SupportThread); ${forAgents}`,
  })
  async setThreadStatus(
    @Arg('input', () => SetThreadStatusInput, { description: 'How far.' }) { threadId, status }: SetThreadStatusInput,
    @Ctx() context: Context,
  ): Promise<SetThreadStatusPayload> {
    requireAgent(context);
    const write = this.#parts.database.write((tx) => setThreadStatus(tx, threadId, status));
    return { thread: await context.written(write) };
  }

  @Mutation(() => ClearThreadPayload, {
    description: `Deletes the messages of a thread, with the files that no other thread has. NOT_FOUND (SupportThread); ${forAgents}`,
  })
  async clearThread(
    @Arg('input', () => ClearThreadInput, { description: 'Which one.' }) { threadId }: ClearThreadInput,
    @Ctx() context: Context,
  ): Promise<ClearThreadPayload> {
    requireAgent(context);
    const write = this.#parts.database.write((tx) => clearThread(tx, threadId));
    const thread = await context.written(write);
    this.#parts.sweep.soon();
    return { thread };
  }

  @Mutation(() => ClearAllThreadsPayload, {
    description: `Deletes every thread, with its messages, notes and files. ${forAgents}`,
  })
  async clearAllThreads(@Ctx() context: Context): Promise<ClearAllThreadsPayload> {
    requireAgent(context);
    const write = this.#parts.database.write((tx) => clearAllThreads(tx, this.#parts.outlets));
    const count = await context.written(write);
    this.#parts.sweep.soon();
    return { count };
  }
}
