import { Field, ID, ObjectType } from 'type-graphql';
import { Ban } from './ban.ts';

@ObjectType({ description: 'The outcome of `banMember`.' })
export class BanMemberPayload {
  @Field(() => Ban, { description: 'The ban; the first one where the person was banned already.' })
  readonly ban!: Ban;
}

@ObjectType({ description: 'The outcome of `unbanMember`.' })
export class UnbanMemberPayload {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'Who may join it again.' })
  readonly userId!: string;
}
