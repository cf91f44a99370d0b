import { Field, ID, ObjectType } from 'type-graphql';
import { Server } from './server.ts';

@ObjectType({ description: 'The outcome of `createServer`.' })
export class CreateServerPayload {
  @Field(() => Server, { description: 'The new server.' })
  readonly server!: Server;
}

@ObjectType({ description: 'The outcome of `updateServer`.' })
export class UpdateServerPayload {
  @Field(() => Server, { description: 'The server as it is now.' })
  readonly server!: Server;
}

@ObjectType({ description: 'The outcome of `deleteServer`.' })
export class DeleteServerPayload {
  @Field(() => ID, { description: 'The server that is gone.' })
  readonly serverId!: string;
}

@ObjectType({ description: 'The outcome of `transferOwnership`.' })
export class TransferOwnershipPayload {
  @Field(() => Server, { description: 'The server as it is now.' })
  readonly server!: Server;
}
