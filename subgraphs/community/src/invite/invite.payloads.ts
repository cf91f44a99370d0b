import { Field, ID, ObjectType } from 'type-graphql';
import { Member } from '../member/member.ts';
import { Server } from '../server/server.ts';
import { Invite } from './invite.ts';

@ObjectType({ description: 'The outcome of `createInvite`.' })
export class CreateInvitePayload {
  @Field(() => Invite, { description: 'The new invite.' })
  readonly invite!: Invite;
}

@ObjectType({ description: 'The outcome of `revokeInvite`.' })
export class RevokeInvitePayload {
  @Field(() => ID, { description: 'The code by which nobody can join any more.' })
  readonly code!: string;
}

@ObjectType({ description: 'The outcome of `joinServer`.' })
export class JoinServerPayload {
  @Field(() => Server, { description: 'The server.' })
  readonly server!: Server;

  @Field(() => Member, { description: "The viewer's membership." })
  readonly member!: Member;
}
