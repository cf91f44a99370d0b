import { createUnionType, Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Channel } from '../channel/channel.ts';
import { User } from '../references/user.ts';
import { Server } from '../server/server.ts';

export const MemberRemovalReason = { LEFT: 'LEFT', KICKED: 'KICKED', BANNED: 'BANNED' } as const;
export type MemberRemovalReason = keyof typeof MemberRemovalReason;
registerEnumType(MemberRemovalReason, {
  name: 'MemberRemovalReason',
  description: 'Why a membership ended.',
  valuesConfig: {
    LEFT: { description: 'The person left.' },
    KICKED: { description: 'The person was removed, and may join again.' },
    BANNED: { description: 'The person was removed, and may not join again.' },
  },
});

/** Finds a thing as it is when it is asked for, if the reader may read it. @throws NOT_FOUND where it has gone since the event */
export type Find<Thing> = () => Promise<Thing>;

@ObjectType({ description: 'Name, description, icon or owner of a server changed.' })
@Directive('@shareable')
export class ServerUpdated {
  constructor(private readonly find: Find<Server>) {}

  @Field(() => Server, { description: 'The server as it is now.' })
  get server(): Promise<Server> {
    return this.find();
  }
}

@ObjectType({ description: 'A server is gone, with all its channels.' })
@Directive('@shareable')
export class ServerDeleted {
  @Field(() => ID, { description: 'The server that is gone.' })
  readonly serverId!: string;
}

@ObjectType({ description: 'A text channel was made.' })
@Directive('@shareable')
export class ChannelCreated {
  constructor(private readonly find: Find<Channel>) {}

  @Field(() => Channel, { description: 'The new channel.' })
  get channel(): Promise<Channel> {
    return this.find();
  }
}

@ObjectType({ description: 'Name, topic or position of a text channel changed.' })
@Directive('@shareable')
export class ChannelUpdated {
  constructor(private readonly find: Find<Channel>) {}

  @Field(() => Channel, { description: 'The channel as it is now.' })
  get channel(): Promise<Channel> {
    return this.find();
  }
}

@ObjectType({ description: 'A text channel is gone.' })
@Directive('@shareable')
export class ChannelDeleted {
  @Field(() => ID, { description: 'The channel that is gone.' })
  readonly channelId!: string;

  @Field(() => ID, { description: 'The server it was in.' })
  readonly serverId!: string;
}

@ObjectType({ description: 'Somebody joined a server.' })
@Directive('@shareable')
export class MemberAdded {
  @Field(() => User, { description: 'Who joined.' })
  readonly user: User;

  constructor(
    private readonly find: Find<Server>,
    user: User,
  ) {
    this.user = user;
  }

  @Field(() => Server, { description: 'The server.' })
  get server(): Promise<Server> {
    return this.find();
  }
}

@ObjectType({ description: 'Nickname or roles of a member changed.' })
@Directive('@shareable')
export class MemberUpdated {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => User, { description: 'The member.' })
  readonly user!: User;
}

@ObjectType({ description: 'Somebody is no member of a server any more.' })
@Directive('@shareable')
export class MemberRemoved {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => User, { description: 'Who is no member any more.' })
  readonly user!: User;

  @Field(() => MemberRemovalReason, { description: 'Why.' })
  readonly reason!: MemberRemovalReason;
}

@ObjectType({ description: 'A role of a server was made, changed or deleted.' })
@Directive('@shareable')
export class RolesChanged {
  @Field(() => ID, { description: 'The server, whose roles are to be read again.' })
  readonly serverId!: string;
}

@ObjectType({ description: 'The viewer and another person have a direct channel now.' })
@Directive('@shareable')
export class DirectChannelOpened {
  constructor(private readonly find: Find<Channel>) {}

  @Field(() => Channel, { description: 'The channel.' })
  get channel(): Promise<Channel> {
    return this.find();
  }
}

export const ServerEvent = createUnionType({
  name: 'ServerEvent',
  description: "Something that happened in a server, or to the viewer's memberships and direct channels.",
  types: () =>
    [
      ServerUpdated,
      ServerDeleted,
      ChannelCreated,
      ChannelUpdated,
      ChannelDeleted,
      MemberAdded,
      MemberUpdated,
      MemberRemoved,
      RolesChanged,
      DirectChannelOpened,
    ] as const,
});
