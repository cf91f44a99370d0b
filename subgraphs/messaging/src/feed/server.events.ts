import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Channel } from '../references/channel.ts';
import { Server } from '../references/server.ts';
import { User } from '../references/user.ts';

// As community has them, word for word: the types are shared.

@ObjectType({ description: 'The name, description, icon or owner of a server changed.', simpleResolvers: true })
@Directive('@shareable')
export class ServerUpdated {
  @Field(() => Server, { description: 'The server.' })
  server!: Server;
}

@ObjectType({ description: 'A server is gone, with all its channels.', simpleResolvers: true })
@Directive('@shareable')
export class ServerDeleted {
  @Field(() => ID, { description: 'The server.' })
  serverId!: string;
}

@ObjectType({ description: 'A channel was made.', simpleResolvers: true })
@Directive('@shareable')
export class ChannelCreated {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: Channel;
}

@ObjectType({ description: 'The name, topic or position of a channel changed.', simpleResolvers: true })
@Directive('@shareable')
export class ChannelUpdated {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: Channel;
}

@ObjectType({ description: 'A channel is gone.', simpleResolvers: true })
@Directive('@shareable')
export class ChannelDeleted {
  @Field(() => ID, { description: 'The channel.' })
  channelId!: string;
  @Field(() => ID, { description: 'The server it was in.' })
  serverId!: string;
}

@ObjectType({ description: 'Somebody joined a server.', simpleResolvers: true })
@Directive('@shareable')
export class MemberAdded {
  @Field(() => Server, { description: 'The server.' })
  server!: Server;
  @Field(() => User, { description: 'Who joined.' })
  user!: User;
}

@ObjectType({ description: "A member's nickname or roles changed.", simpleResolvers: true })
@Directive('@shareable')
export class MemberUpdated {
  @Field(() => ID, { description: 'The server.' })
  serverId!: string;
  @Field(() => User, { description: 'The member.' })
  user!: User;
}

export const MemberRemovalReasons = { LEFT: 'LEFT', KICKED: 'KICKED', BANNED: 'BANNED' } as const;
registerEnumType(MemberRemovalReasons, {
  name: 'MemberRemovalReason',
  description: 'Why somebody is no longer a member.',
  valuesConfig: {
    LEFT: { description: 'They left.' },
    KICKED: { description: 'They were made to leave, and may join again.' },
    BANNED: { description: 'They were made to leave, and may not join again.' },
  },
});

@ObjectType({ description: 'Somebody is no longer a member of a server.', simpleResolvers: true })
@Directive('@shareable')
export class MemberRemoved {
  @Field(() => ID, { description: 'The server.' })
  serverId!: string;
  @Field(() => User, { description: 'Who it was.' })
  user!: User;
  @Field(() => MemberRemovalReasons, { description: 'Why.' })
  reason!: keyof typeof MemberRemovalReasons;
}

@ObjectType({ description: 'A role of a server was made, changed or deleted.', simpleResolvers: true })
@Directive('@shareable')
export class RolesChanged {
  @Field(() => ID, { description: 'The server.' })
  serverId!: string;
}

@ObjectType({ description: 'The viewer has a new direct channel.', simpleResolvers: true })
@Directive('@shareable')
export class DirectChannelOpened {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: Channel;
}
