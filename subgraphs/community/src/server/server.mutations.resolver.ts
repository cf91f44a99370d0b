import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { ViewerWrites } from '../viewer-writes.ts';
import { deleteServer, transferOwnership, updateServer } from './server.change.ts';
import { createServer } from './server.create.ts';
import { CreateServerInput, DeleteServerInput, TransferOwnershipInput, UpdateServerInput } from './server.inputs.ts';
import {
  CreateServerPayload,
  DeleteServerPayload,
  TransferOwnershipPayload,
  UpdateServerPayload,
} from './server.payloads.ts';

@Resolver()
export class ServerMutations {
  readonly #writes: ViewerWrites;

  constructor(writes: ViewerWrites) {
    this.#writes = writes;
  }

  @Mutation(() => CreateServerPayload, {
    description: 'Makes a server of the viewer, with the default role `@everyone` and the channel `general`.',
  })
  async createServer(
    @Ctx() context: Context,
    @Arg('input', () => CreateServerInput, { description: 'The server.' }) input: CreateServerInput,
  ): Promise<CreateServerPayload> {
    return { server: await this.#writes.run(context, (tx, userId) => createServer(tx, userId, input)) };
  }

  @Mutation(() => UpdateServerPayload, { description: 'Changes a server. Takes MANAGE_SERVER.' })
  async updateServer(
    @Ctx() context: Context,
    @Arg('input', () => UpdateServerInput, { description: 'The server and its changes.' }) input: UpdateServerInput,
  ): Promise<UpdateServerPayload> {
    return { server: await this.#writes.run(context, (tx, userId) => updateServer(tx, userId, input)) };
  }

  @Mutation(() => DeleteServerPayload, {
    description: 'Deletes a server with its channels, roles, members, invites and bans. Only the owner may.',
  })
  async deleteServer(
    @Ctx() context: Context,
    @Arg('input', () => DeleteServerInput, { description: 'The server.' }) { serverId }: DeleteServerInput,
  ): Promise<DeleteServerPayload> {
    await this.#writes.run(context, (tx, userId) => deleteServer(tx, userId, serverId));
    return { serverId };
  }

  @Mutation(() => TransferOwnershipPayload, {
    description: 'Gives the server to another member. Only the owner may. NOT_FOUND (Member) for who is none.',
  })
  async transferOwnership(
    @Ctx() context: Context,
    @Arg('input', () => TransferOwnershipInput, { description: 'The server and its new owner.' })
    input: TransferOwnershipInput,
  ): Promise<TransferOwnershipPayload> {
    return { server: await this.#writes.run(context, (tx, userId) => transferOwnership(tx, userId, input)) };
  }
}
