import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Connections } from './connection.service.ts';
import {
  CloseConnectionInput,
  CloseConnectionPayload,
  OpenConnectionInput,
  OpenConnectionPayload,
  RenewConnectionsInput,
  RenewConnectionsPayload,
} from './presence.inputs.ts';

@Resolver()
export class ConnectionResolver {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  @Mutation(() => OpenConnectionPayload, {
    description:
      'Counts a live connection of the viewer for 60 seconds; the first one makes them visible. VALIDATION_FAILED (`connectionId`), CONFLICT (Connection).',
  })
  openConnection(
    @Arg('input', () => OpenConnectionInput, { description: 'The connection.' }) { connectionId }: OpenConnectionInput,
    @Ctx() context: Context,
  ): Promise<OpenConnectionPayload> {
    return context.written(this.#connections.open(connectionId, context));
  }

  @Mutation(() => RenewConnectionsPayload, {
    description: 'Counts connections for another 60 seconds. VALIDATION_FAILED (`connectionIds`).',
  })
  async renewConnections(
    @Arg('input', () => RenewConnectionsInput, { description: 'The connections.' })
    { connectionIds }: RenewConnectionsInput,
    @Ctx() context: Context,
  ): Promise<RenewConnectionsPayload> {
    return { renewed: await this.#connections.renew(connectionIds, context) };
  }

  @Mutation(() => CloseConnectionPayload, {
    description:
      'Takes a connection away; with the last one the user is OFFLINE. A service gets NOT_FOUND (Connection) for an unknown one.',
  })
  async closeConnection(
    @Arg('input', () => CloseConnectionInput, { description: 'The connection.' })
    { connectionId }: CloseConnectionInput,
    @Ctx() context: Context,
  ): Promise<CloseConnectionPayload> {
    return { presence: await context.written(this.#connections.close(connectionId, context)) };
  }
}
