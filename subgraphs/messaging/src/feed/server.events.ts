import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Channel } from '../references/channel.ts';
import { Server } from '../references/server.ts';
import { User } from '../references/user.ts';

// As community has them, word for word: the types are shared.

@ObjectType({ description: 'Name, description, icon or owner of a server changed.', simpleResolvers: true })
@Directive('@shareable')
export class ServerUpdated {
  @Field(() => Server, { description: 'The server as it is now.' })
  server!: Server;
}

@ObjectType({ description: 'A server is gone, with all its channels.', simpleResolvers: true })
@Directive('@shareable')
export class ServerDeleted {
  @Field(() => ID, { description: 'The server that is gone.' })
  serverId!: string;
}

@ObjectType({ description: 'A text channel was made.', simpleResolvers: true })
@Directive('@shareable')
export class ChannelCreated {
  @Field(() => Channel, { description: 'The new channel.' })
  channel!: Channel;
}

@ObjectType({ description: 'Name, topic or position of a text channel changed.', simpleResolvers: true })
@Directive('@shareable')
export class ChannelUpdated {
  @Field(() => Channel, { description: 'The channel as it is now.' })
  channel!: Channel;
}

@ObjectType({ description: 'A text channel is gone.', simpleResolvers: true })
@Directive('@shareable')
export class ChannelDeleted {
  @Field(() => ID, { description: 'The channel that is gone.' })
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

@ObjectType({ description: 'Nickname or roles of a member changed.', simpleResolvers: true })
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
  description: 'Why a membership ended.',
  valuesConfig: {
    LEFT: { description: 'The person left.' },
    KICKED: { description: 'The person was removed, and may join again.' },
    BANNED: { description: 'The person was removed, and may not join again.' },
  },
});

@ObjectType({ description: 'Somebody is no member of a server any more.', simpleResolvers: true })
@Directive('@shareable')
export class MemberRemoved {
  @Field(() => ID, { description: 'The server.' })
  serverId!: string;
  @Field(() => User, { description: 'Who is no member any more.' })
  user!: User;
  @Field(() => MemberRemovalReasons, { description: 'Why.' })
  reason!: keyof typeof MemberRemovalReasons;
}

@ObjectType({ description: 'A role of a server was made, changed or deleted.', simpleResolvers: true })
@Directive('@shareable')
export class RolesChanged {
  @Field(() => ID, { description: 'The server, whose roles are to be read again.' })
  serverId!: string;
}

@ObjectType({ description: 'The viewer and another person have a direct channel now.', simpleResolvers: true })
@Directive('@shareable')
export class DirectChannelOpened {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: Channel;
}
