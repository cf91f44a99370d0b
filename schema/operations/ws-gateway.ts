// Generated from the operations in the folder of the same name by `npm run schema`; not to be edited.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What kind of channel it is. */
export type ChannelType =
  /** One of a server, for its members. */
  | 'TEXT'
  /** Between two people, outside any server. */
  | 'DIRECT';

/** Whether somebody is there. */
export type PresenceStatus =
  /** There. */
  | 'ONLINE'
  /** Connected, but away from the keyboard. */
  | 'IDLE'
  /** There, and not to be disturbed. */
  | 'DND'
  /** Not connected, or does not want to be seen. */
  | 'OFFLINE';

export type ChannelFieldsFragment = { readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string };

export type ChannelGuildQueryVariables = Exact<{
  channelId: string;
}>;


export type ChannelGuildQuery = { readonly channel: { readonly id: string, readonly server: { readonly id: string } | null } | null };

export type DirectFeedSubscriptionVariables = Exact<{
  channelId: string;
}>;


export type DirectFeedSubscription = { readonly channelEvents:
    | { readonly __typename: 'MessageCreated', readonly message: { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly channel: { readonly id: string }, readonly author: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly replyTo: { readonly id: string, readonly content: string, readonly author: { readonly username: string } } | null } }
    | { readonly __typename: 'MessageUpdated', readonly message: { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly channel: { readonly id: string }, readonly author: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly replyTo: { readonly id: string, readonly content: string, readonly author: { readonly username: string } } | null } }
    | { readonly __typename: 'MessageDeleted', readonly messageId: string, readonly channelId: string }
    | { readonly __typename: 'TypingStarted', readonly channelId: string, readonly user: { readonly id: string } }
    | { readonly __typename: 'ForeignEvent', readonly name: string, readonly data: string, readonly forChannelId: string | null }
   };

export type GuildFeedSubscriptionVariables = Exact<{
  guildId: string;
}>;


export type GuildFeedSubscription = { readonly serverFeed:
    | { readonly __typename: 'MessageCreated', readonly message: { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly channel: { readonly id: string }, readonly author: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly replyTo: { readonly id: string, readonly content: string, readonly author: { readonly username: string } } | null } }
    | { readonly __typename: 'MessageUpdated', readonly message: { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly channel: { readonly id: string }, readonly author: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly replyTo: { readonly id: string, readonly content: string, readonly author: { readonly username: string } } | null } }
    | { readonly __typename: 'MessageDeleted', readonly messageId: string, readonly channelId: string }
    | { readonly __typename: 'TypingStarted', readonly channelId: string, readonly user: { readonly id: string } }
    | { readonly __typename: 'PresenceChanged', readonly presence: { readonly status: PresenceStatus, readonly customStatus: string | null, readonly user: { readonly id: string } } }
    | { readonly __typename: 'ReadStateChanged' }
    | { readonly __typename: 'ServerUpdated', readonly server: { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } } }
    | { readonly __typename: 'ServerDeleted', readonly serverId: string }
    | { readonly __typename: 'ChannelCreated', readonly channel: { readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string } }
    | { readonly __typename: 'ChannelUpdated', readonly channel: { readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string } }
    | { readonly __typename: 'ChannelDeleted', readonly channelId: string }
    | { readonly __typename: 'MemberAdded' }
    | { readonly __typename: 'MemberUpdated', readonly user: { readonly id: string } }
    | { readonly __typename: 'MemberRemoved', readonly user: { readonly id: string } }
    | { readonly __typename: 'RolesChanged' }
    | { readonly __typename: 'DirectChannelOpened' }
    | { readonly __typename: 'ForeignEvent', readonly name: string, readonly data: string, readonly forChannelId: string | null }
   };

export type GuildFieldsFragment = { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } };

export type GuildReadersQueryVariables = Exact<{
  guildId: string;
  userIds: ReadonlyArray<string>;
}>;


export type GuildReadersQuery = { readonly serverReaders: ReadonlyArray<{ readonly userIds: ReadonlyArray<string>, readonly channelIds: ReadonlyArray<string> }> };

export type GuildsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type GuildsQuery = { readonly viewer: { readonly id: string, readonly servers: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type MembershipsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MembershipsSubscription = { readonly membershipEvents:
    | { readonly __typename: 'ServerUpdated' }
    | { readonly __typename: 'ServerDeleted', readonly serverId: string }
    | { readonly __typename: 'ChannelCreated' }
    | { readonly __typename: 'ChannelUpdated' }
    | { readonly __typename: 'ChannelDeleted' }
    | { readonly __typename: 'MemberAdded', readonly server: { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } }, readonly user: { readonly id: string } }
    | { readonly __typename: 'MemberUpdated' }
    | { readonly __typename: 'MemberRemoved', readonly serverId: string, readonly user: { readonly id: string } }
    | { readonly __typename: 'RolesChanged' }
    | { readonly __typename: 'DirectChannelOpened', readonly channel: { readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string, readonly recipients: ReadonlyArray<{ readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }> } }
   };

export type MessageFieldsFragment = { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly channel: { readonly id: string }, readonly author: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly replyTo: { readonly id: string, readonly content: string, readonly author: { readonly username: string } } | null };

export type PersonFieldsFragment = { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null };

export const ChannelGuild = parse(`
query ChannelGuild($channelId: ID!) {
  channel(id: $channelId) {
    id
    server {
      id
    }
  }
}
`) as TypedDocumentNode<ChannelGuildQuery, ChannelGuildQueryVariables>;

export const DirectFeed = parse(`
subscription DirectFeed($channelId: ID!) {
  channelEvents(channelId: $channelId) {
    __typename
    ... on MessageCreated {
      message {
        ...MessageFields
      }
    }
    ... on MessageUpdated {
      message {
        ...MessageFields
      }
    }
    ... on MessageDeleted {
      messageId
      channelId
    }
    ... on TypingStarted {
      channelId
      user {
        id
      }
    }
    ... on ForeignEvent {
      name
      data
      forChannelId
    }
  }
}

fragment MessageFields on Message {
  id
  channel {
    id
  }
  author {
    ...PersonFields
  }
  content
  createdAt
  editedAt
  replyTo {
    id
    content
    author {
      username
    }
  }
}

fragment PersonFields on User {
  id
  username
  displayName
  avatarUrl
}
`) as TypedDocumentNode<DirectFeedSubscription, DirectFeedSubscriptionVariables>;

export const GuildFeed = parse(`
subscription GuildFeed($guildId: ID!) {
  serverFeed(serverId: $guildId) {
    __typename
    ... on MessageCreated {
      message {
        ...MessageFields
      }
    }
    ... on MessageUpdated {
      message {
        ...MessageFields
      }
    }
    ... on MessageDeleted {
      messageId
      channelId
    }
    ... on TypingStarted {
      channelId
      user {
        id
      }
    }
    ... on PresenceChanged {
      presence {
        user {
          id
        }
        status
        customStatus
      }
    }
    ... on ServerUpdated {
      server {
        ...GuildFields
      }
    }
    ... on ServerDeleted {
      serverId
    }
    ... on ChannelCreated {
      channel {
        ...ChannelFields
      }
    }
    ... on ChannelUpdated {
      channel {
        ...ChannelFields
      }
    }
    ... on ChannelDeleted {
      channelId
    }
    ... on MemberUpdated {
      user {
        id
      }
    }
    ... on MemberRemoved {
      user {
        id
      }
    }
    ... on ForeignEvent {
      name
      data
      forChannelId
    }
  }
}

fragment MessageFields on Message {
  id
  channel {
    id
  }
  author {
    ...PersonFields
  }
  content
  createdAt
  editedAt
  replyTo {
    id
    content
    author {
      username
    }
  }
}

fragment PersonFields on User {
  id
  username
  displayName
  avatarUrl
}

fragment GuildFields on Server {
  id
  name
  description
  iconUrl
  owner {
    id
  }
  createdAt
}

fragment ChannelFields on Channel {
  id
  type
  name
  topic
  position
  createdAt
}
`) as TypedDocumentNode<GuildFeedSubscription, GuildFeedSubscriptionVariables>;

export const GuildReaders = parse(`
query GuildReaders($guildId: ID!, $userIds: [ID!]!) {
  serverReaders(serverId: $guildId, userIds: $userIds) {
    userIds
    channelIds
  }
}
`) as TypedDocumentNode<GuildReadersQuery, GuildReadersQueryVariables>;

export const Guilds = parse(`
query Guilds($after: String) {
  viewer {
    id
    servers(first: 100, after: $after) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
`) as TypedDocumentNode<GuildsQuery, GuildsQueryVariables>;

export const Memberships = parse(`
subscription Memberships {
  membershipEvents {
    __typename
    ... on MemberAdded {
      server {
        ...GuildFields
      }
      user {
        id
      }
    }
    ... on MemberRemoved {
      serverId
      user {
        id
      }
    }
    ... on ServerDeleted {
      serverId
    }
    ... on DirectChannelOpened {
      channel {
        ...ChannelFields
        recipients {
          ...PersonFields
        }
      }
    }
  }
}

fragment GuildFields on Server {
  id
  name
  description
  iconUrl
  owner {
    id
  }
  createdAt
}

fragment ChannelFields on Channel {
  id
  type
  name
  topic
  position
  createdAt
}

fragment PersonFields on User {
  id
  username
  displayName
  avatarUrl
}
`) as TypedDocumentNode<MembershipsSubscription, MembershipsSubscriptionVariables>;
