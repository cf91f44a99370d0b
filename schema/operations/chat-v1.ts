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

/** A text channel to make. */
export type CreateChannelInput = {
  /** The server it is for. */
  readonly serverId: string;
  /** 1 to 100 characters, unique in the server whatever their case. */
  readonly name: string;
  /** What is talked about, at most 1024 characters. */
  readonly topic?: string | null | undefined;
};

/** An invite to make. */
export type CreateInviteInput = {
  /** The server it is to lead to. */
  readonly serverId: string;
  /** How many people may join by it, from 1; any number where absent. */
  readonly maxUses?: number | null | undefined;
  /** Seconds until it is void, from 1; never where absent. */
  readonly expiresInSeconds?: number | null | undefined;
};

/** A server to make. */
export type CreateServerInput = {
  /** 1 to 100 characters. */
  readonly name: string;
  /** What it is about, at most 1000 characters. */
  readonly description?: string | null | undefined;
  /** An http or https URL of at most 2048 characters. */
  readonly iconUrl?: string | null | undefined;
};

/** A message to delete. */
export type DeleteMessageInput = {
  /** Which one. */
  readonly messageId: string;
  /** Its channel; with another one the message is not found. */
  readonly channelId?: string | null | undefined;
};

/** A server to delete. */
export type DeleteServerInput = {
  /** The server. */
  readonly serverId: string;
};

/** An invite to join by. */
export type JoinServerInput = {
  /** Its code. */
  readonly code: string;
};

/** Credentials. */
export type LoginInput = {
  /** The username or the email address, in any case. */
  readonly login: string;
  /** The password. */
  readonly password: string;
  /** Whether the refresh token stays the same, for older clients, which keep the first one. It then lasts one day from now. */
  readonly lastingRefreshToken?: boolean;
};

/** Which sessions to end. */
export type LogoutInput = {
  /** Whether every session of the user ends, or this one alone. */
  readonly everywhere?: boolean;
  /** A refresh token whose session ends too; with it, no access token is needed. */
  readonly refreshToken?: string | null | undefined;
};

/** Why a membership ended. */
export type MemberRemovalReason =
  /** The person left. */
  | 'LEFT'
  /** The person was removed, and may join again. */
  | 'KICKED'
  /** The person was removed, and may not join again. */
  | 'BANNED';

/** Whom to talk to. */
export type OpenDirectChannelInput = {
  /** The other person. */
  readonly recipientId: string;
};

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

/** A refresh token to be exchanged. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. */
  readonly refreshToken: string;
};

/** A new account. */
export type RegisterInput = {
  /** 2 to 32 letters of one alphabet, digits, and the signs _ . and -. Unique, ignoring case; I, ı, İ and i are the same here. */
  readonly username: string;
  /** An email address. Unique, ignoring case; shown to nobody but the user. */
  readonly email: string;
  /** 8 to 128 characters. */
  readonly password: string;
  /** The name to show, 1 to 64 characters; the username if absent. */
  readonly displayName?: string | null | undefined;
};

/** A message to send. */
export type SendMessageInput = {
  /** Where to. */
  readonly channelId: string;
  /** The text, 1 to 4000 characters, not only white space. It is kept as it is. */
  readonly content: string;
  /** 1 to 64 characters that tell this message from the author's others in the channel: sent again with the same, the first message is given back. */
  readonly nonce?: string | null | undefined;
  /** The message of the same channel that this one answers. */
  readonly replyToId?: string | null | undefined;
};

/** What the viewer wants to show while connected. */
export type SetPresenceInput = {
  /** OFFLINE to be connected without being seen. */
  readonly status: PresenceStatus;
  /** A line of their own, at most 128 characters. Null or blank takes it away; left out, it stays. */
  readonly customStatus?: string | null | undefined;
};

/** Where the viewer types. */
export type StartTypingInput = {
  /** The channel. */
  readonly channelId: string;
};

/** Changes of one's own profile. What is absent stays as it is. */
export type UpdateProfileInput = {
  /** As at registration; it cannot be removed. */
  readonly username?: string | null | undefined;
  /** As at registration; it cannot be removed. */
  readonly email?: string | null | undefined;
  /** The name to show, 1 to 64 characters; null to show the username. */
  readonly displayName?: string | null | undefined;
  /** An http(s) URL of at most 2048 characters; null removes the picture. */
  readonly avatarUrl?: string | null | undefined;
  /** At most 500 characters; null removes it. */
  readonly bio?: string | null | undefined;
};

/** What to change of a server; what is left out stays. */
export type UpdateServerInput = {
  /** The server. */
  readonly serverId: string;
  /** 1 to 100 characters; null leaves it. */
  readonly name?: string | null | undefined;
  /** At most 1000 characters; null takes it away. */
  readonly description?: string | null | undefined;
  /** An http or https URL of at most 2048 characters; null takes it away. */
  readonly iconUrl?: string | null | undefined;
};

export type AccountFieldsFragment = { readonly id: string, readonly username: string, readonly email: string | null, readonly displayName: string, readonly avatarUrl: string | null, readonly bio: string | null, readonly createdAt: string };

export type AuthFieldsFragment = { readonly accessToken: string, readonly refreshToken: string, readonly expiresIn: number, readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly displayName: string, readonly avatarUrl: string | null, readonly bio: string | null, readonly createdAt: string } };

export type ChannelFieldsFragment = { readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string, readonly server: { readonly id: string } | null };

export type ChannelMessagesQueryVariables = Exact<{
  channelId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  around?: string | null | undefined;
  offset?: number | null | undefined;
}>;


export type ChannelMessagesQuery = { readonly channel: { readonly id: string, readonly messages: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly nonce: string | null, readonly author: { readonly email: string | null, readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly channel: { readonly id: string }, readonly replyTo: { readonly id: string } | null } }> } | null } | null };

export type CreateChannelMutationVariables = Exact<{
  input: CreateChannelInput;
}>;


export type CreateChannelMutation = { readonly createChannel: { readonly channel: { readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string, readonly server: { readonly id: string } | null } } };

export type CreateInviteMutationVariables = Exact<{
  input: CreateInviteInput;
}>;


export type CreateInviteMutation = { readonly createInvite: { readonly invite: { readonly code: string, readonly serverId: string, readonly createdAt: string, readonly expiresAt: string | null, readonly maxUses: number | null, readonly uses: number } } };

export type CreateServerMutationVariables = Exact<{
  input: CreateServerInput;
}>;


export type CreateServerMutation = { readonly createServer: { readonly server: { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } } } };

export type DeleteMessageMutationVariables = Exact<{
  input: DeleteMessageInput;
}>;


export type DeleteMessageMutation = { readonly deleteMessage: { readonly messageId: string, readonly channelId: string } };

export type DeleteServerMutationVariables = Exact<{
  input: DeleteServerInput;
}>;


export type DeleteServerMutation = { readonly deleteServer: { readonly serverId: string } };

export type DirectChannelFieldsFragment = { readonly id: string, readonly createdAt: string, readonly recipients: ReadonlyArray<{ readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }> };

export type DirectChannelsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type DirectChannelsQuery = { readonly viewer: { readonly id: string, readonly directChannels: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly createdAt: string, readonly recipients: ReadonlyArray<{ readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type JoinServerMutationVariables = Exact<{
  input: JoinServerInput;
}>;


export type JoinServerMutation = { readonly joinServer: { readonly server: { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } } } };

export type LiveMessageFieldsFragment = { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly nonce: string | null, readonly channel: { readonly id: string }, readonly author: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly replyTo: { readonly id: string } | null };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { readonly login: { readonly accessToken: string, readonly refreshToken: string, readonly expiresIn: number, readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly displayName: string, readonly avatarUrl: string | null, readonly bio: string | null, readonly createdAt: string } } };

export type LogoutMutationVariables = Exact<{
  input: LogoutInput;
}>;


export type LogoutMutation = { readonly logout: { readonly revokedSessionIds: ReadonlyArray<string> } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly viewer: { readonly id: string, readonly username: string, readonly email: string | null, readonly displayName: string, readonly avatarUrl: string | null, readonly bio: string | null, readonly createdAt: string } | null };

export type MessageFieldsFragment = { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly nonce: string | null, readonly author: { readonly email: string | null, readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly channel: { readonly id: string }, readonly replyTo: { readonly id: string } | null };

export type OpenDirectChannelMutationVariables = Exact<{
  input: OpenDirectChannelInput;
}>;


export type OpenDirectChannelMutation = { readonly openDirectChannel: { readonly created: boolean, readonly channel: { readonly id: string, readonly createdAt: string, readonly recipients: ReadonlyArray<{ readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }> } } };

export type OwnMessageFieldsFragment = { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly nonce: string | null, readonly channel: { readonly id: string }, readonly replyTo: { readonly id: string } | null };

export type PersonFieldsFragment = { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { readonly refreshSession: { readonly accessToken: string, readonly refreshToken: string, readonly expiresIn: number } };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { readonly register: { readonly accessToken: string, readonly refreshToken: string, readonly expiresIn: number, readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly displayName: string, readonly avatarUrl: string | null, readonly bio: string | null, readonly createdAt: string } } };

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { readonly sendMessage: { readonly message: { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly nonce: string | null, readonly channel: { readonly id: string }, readonly replyTo: { readonly id: string } | null } } };

export type ServerQueryVariables = Exact<{
  serverId: string;
}>;


export type ServerQuery = { readonly server: { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } } | null };

export type ServerChannelsQueryVariables = Exact<{
  serverId: string;
}>;


export type ServerChannelsQuery = { readonly server: { readonly id: string, readonly channels: ReadonlyArray<{ readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string, readonly server: { readonly id: string } | null }> } | null };

export type ServerFieldsFragment = { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } };

export type ServersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ServersQuery = { readonly viewer: { readonly id: string, readonly servers: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type SetPresenceMutationVariables = Exact<{
  input: SetPresenceInput;
}>;


export type SetPresenceMutation = { readonly setPresence: { readonly presence: { readonly status: PresenceStatus, readonly customStatus: string | null } } };

export type StartTypingMutationVariables = Exact<{
  input: StartTypingInput;
}>;


export type StartTypingMutation = { readonly startTyping: { readonly expiresAt: string } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { readonly updateProfile: { readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly displayName: string, readonly avatarUrl: string | null, readonly bio: string | null, readonly createdAt: string } } };

export type UpdateServerMutationVariables = Exact<{
  input: UpdateServerInput;
}>;


export type UpdateServerMutation = { readonly updateServer: { readonly server: { readonly id: string, readonly name: string, readonly description: string | null, readonly iconUrl: string | null, readonly createdAt: string, readonly owner: { readonly id: string } } } };

export type UserQueryVariables = Exact<{
  userId: string;
}>;


export type UserQuery = { readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly displayName: string, readonly avatarUrl: string | null, readonly bio: string | null, readonly createdAt: string } | null };

export type ViewerEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ViewerEventsSubscription = { readonly viewerEvents:
    | { readonly __typename: 'MessageCreated', readonly inServerId: string | null, readonly message: { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly nonce: string | null, readonly channel: { readonly id: string }, readonly author: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly replyTo: { readonly id: string } | null } }
    | { readonly __typename: 'MessageUpdated', readonly inServerId: string | null, readonly message: { readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly nonce: string | null, readonly channel: { readonly id: string }, readonly author: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }, readonly replyTo: { readonly id: string } | null } }
    | { readonly __typename: 'MessageDeleted', readonly messageId: string, readonly channelId: string }
    | { readonly __typename: 'TypingStarted', readonly channelId: string, readonly expiresAt: string, readonly user: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null } }
    | { readonly __typename: 'PresenceChanged', readonly presence: { readonly status: PresenceStatus, readonly customStatus: string | null, readonly user: { readonly id: string } } }
    | { readonly __typename: 'ReadStateChanged' }
    | { readonly __typename: 'ServerUpdated' }
    | { readonly __typename: 'ServerDeleted', readonly serverId: string }
    | { readonly __typename: 'ChannelCreated', readonly channel: { readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string, readonly server: { readonly id: string } | null } }
    | { readonly __typename: 'ChannelUpdated', readonly channel: { readonly id: string, readonly type: ChannelType, readonly name: string | null, readonly topic: string | null, readonly position: number, readonly createdAt: string, readonly server: { readonly id: string } | null } }
    | { readonly __typename: 'ChannelDeleted', readonly channelId: string, readonly serverId: string }
    | { readonly __typename: 'MemberAdded', readonly server: { readonly id: string, readonly name: string, readonly createdAt: string }, readonly user: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null } }
    | { readonly __typename: 'MemberUpdated' }
    | { readonly __typename: 'MemberRemoved', readonly serverId: string, readonly reason: MemberRemovalReason, readonly user: { readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null } }
    | { readonly __typename: 'RolesChanged' }
    | { readonly __typename: 'DirectChannelOpened', readonly channel: { readonly id: string, readonly createdAt: string, readonly recipients: ReadonlyArray<{ readonly id: string, readonly username: string, readonly displayName: string, readonly avatarUrl: string | null }> } }
    | { readonly __typename: 'ForeignEvent' }
   };

export const ChannelMessages = parse(`
query ChannelMessages($channelId: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: String, $offset: Int) {
  channel(id: $channelId) {
    id
    messages(
      first: $first
      after: $after
      last: $last
      before: $before
      around: $around
      offset: $offset
    ) {
      edges {
        node {
          ...MessageFields
        }
      }
    }
  }
}

fragment MessageFields on Message {
  ...OwnMessageFields
  author {
    ...PersonFields
    email
  }
}

fragment OwnMessageFields on Message {
  id
  channel {
    id
  }
  content
  createdAt
  editedAt
  nonce
  replyTo {
    id
  }
}

fragment PersonFields on User {
  id
  username
  displayName
  avatarUrl
}
`) as TypedDocumentNode<ChannelMessagesQuery, ChannelMessagesQueryVariables>;

export const CreateChannel = parse(`
mutation CreateChannel($input: CreateChannelInput!) {
  createChannel(input: $input) {
    channel {
      ...ChannelFields
    }
  }
}

fragment ChannelFields on Channel {
  id
  type
  name
  topic
  position
  server {
    id
  }
  createdAt
}
`) as TypedDocumentNode<CreateChannelMutation, CreateChannelMutationVariables>;

export const CreateInvite = parse(`
mutation CreateInvite($input: CreateInviteInput!) {
  createInvite(input: $input) {
    invite {
      code
      serverId
      createdAt
      expiresAt
      maxUses
      uses
    }
  }
}
`) as TypedDocumentNode<CreateInviteMutation, CreateInviteMutationVariables>;

export const CreateServer = parse(`
mutation CreateServer($input: CreateServerInput!) {
  createServer(input: $input) {
    server {
      ...ServerFields
    }
  }
}

fragment ServerFields on Server {
  id
  name
  description
  iconUrl
  owner {
    id
  }
  createdAt
}
`) as TypedDocumentNode<CreateServerMutation, CreateServerMutationVariables>;

export const DeleteMessage = parse(`
mutation DeleteMessage($input: DeleteMessageInput!) {
  deleteMessage(input: $input) {
    messageId
    channelId
  }
}
`) as TypedDocumentNode<DeleteMessageMutation, DeleteMessageMutationVariables>;

export const DeleteServer = parse(`
mutation DeleteServer($input: DeleteServerInput!) {
  deleteServer(input: $input) {
    serverId
  }
}
`) as TypedDocumentNode<DeleteServerMutation, DeleteServerMutationVariables>;

export const DirectChannels = parse(`
query DirectChannels($after: String) {
  viewer {
    id
    directChannels(first: 100, after: $after) {
      edges {
        node {
          ...DirectChannelFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment DirectChannelFields on Channel {
  id
  createdAt
  recipients {
    ...PersonFields
  }
}

fragment PersonFields on User {
  id
  username
  displayName
  avatarUrl
}
`) as TypedDocumentNode<DirectChannelsQuery, DirectChannelsQueryVariables>;

export const JoinServer = parse(`
mutation JoinServer($input: JoinServerInput!) {
  joinServer(input: $input) {
    server {
      ...ServerFields
    }
  }
}

fragment ServerFields on Server {
  id
  name
  description
  iconUrl
  owner {
    id
  }
  createdAt
}
`) as TypedDocumentNode<JoinServerMutation, JoinServerMutationVariables>;

export const Login = parse(`
mutation Login($input: LoginInput!) {
  login(input: $input) {
    ...AuthFields
  }
}

fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  expiresIn
  user {
    ...AccountFields
  }
}

fragment AccountFields on User {
  id
  username
  email
  displayName
  avatarUrl
  bio
  createdAt
}
`) as TypedDocumentNode<LoginMutation, LoginMutationVariables>;

export const Logout = parse(`
mutation Logout($input: LogoutInput!) {
  logout(input: $input) {
    revokedSessionIds
  }
}
`) as TypedDocumentNode<LogoutMutation, LogoutMutationVariables>;

export const Me = parse(`
query Me {
  viewer {
    ...AccountFields
  }
}

fragment AccountFields on User {
  id
  username
  email
  displayName
  avatarUrl
  bio
  createdAt
}
`) as TypedDocumentNode<MeQuery, MeQueryVariables>;

export const OpenDirectChannel = parse(`
mutation OpenDirectChannel($input: OpenDirectChannelInput!) {
  openDirectChannel(input: $input) {
    created
    channel {
      ...DirectChannelFields
    }
  }
}

fragment DirectChannelFields on Channel {
  id
  createdAt
  recipients {
    ...PersonFields
  }
}

fragment PersonFields on User {
  id
  username
  displayName
  avatarUrl
}
`) as TypedDocumentNode<OpenDirectChannelMutation, OpenDirectChannelMutationVariables>;

export const RefreshSession = parse(`
mutation RefreshSession($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    accessToken
    refreshToken
    expiresIn
  }
}
`) as TypedDocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;

export const Register = parse(`
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    ...AuthFields
  }
}

fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  expiresIn
  user {
    ...AccountFields
  }
}

fragment AccountFields on User {
  id
  username
  email
  displayName
  avatarUrl
  bio
  createdAt
}
`) as TypedDocumentNode<RegisterMutation, RegisterMutationVariables>;

export const SendMessage = parse(`
mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    message {
      ...OwnMessageFields
    }
  }
}

fragment OwnMessageFields on Message {
  id
  channel {
    id
  }
  content
  createdAt
  editedAt
  nonce
  replyTo {
    id
  }
}
`) as TypedDocumentNode<SendMessageMutation, SendMessageMutationVariables>;

export const Server = parse(`
query Server($serverId: ID!) {
  server(id: $serverId) {
    ...ServerFields
  }
}

fragment ServerFields on Server {
  id
  name
  description
  iconUrl
  owner {
    id
  }
  createdAt
}
`) as TypedDocumentNode<ServerQuery, ServerQueryVariables>;

export const ServerChannels = parse(`
query ServerChannels($serverId: ID!) {
  server(id: $serverId) {
    id
    channels {
      ...ChannelFields
    }
  }
}

fragment ChannelFields on Channel {
  id
  type
  name
  topic
  position
  server {
    id
  }
  createdAt
}
`) as TypedDocumentNode<ServerChannelsQuery, ServerChannelsQueryVariables>;

export const Servers = parse(`
query Servers($after: String) {
  viewer {
    id
    servers(first: 100, after: $after) {
      edges {
        node {
          ...ServerFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment ServerFields on Server {
  id
  name
  description
  iconUrl
  owner {
    id
  }
  createdAt
}
`) as TypedDocumentNode<ServersQuery, ServersQueryVariables>;

export const SetPresence = parse(`
mutation SetPresence($input: SetPresenceInput!) {
  setPresence(input: $input) {
    presence {
      status
      customStatus
    }
  }
}
`) as TypedDocumentNode<SetPresenceMutation, SetPresenceMutationVariables>;

export const StartTyping = parse(`
mutation StartTyping($input: StartTypingInput!) {
  startTyping(input: $input) {
    expiresAt
  }
}
`) as TypedDocumentNode<StartTypingMutation, StartTypingMutationVariables>;

export const UpdateProfile = parse(`
mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    user {
      ...AccountFields
    }
  }
}

fragment AccountFields on User {
  id
  username
  email
  displayName
  avatarUrl
  bio
  createdAt
}
`) as TypedDocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;

export const UpdateServer = parse(`
mutation UpdateServer($input: UpdateServerInput!) {
  updateServer(input: $input) {
    server {
      ...ServerFields
    }
  }
}

fragment ServerFields on Server {
  id
  name
  description
  iconUrl
  owner {
    id
  }
  createdAt
}
`) as TypedDocumentNode<UpdateServerMutation, UpdateServerMutationVariables>;

export const User = parse(`
query User($userId: ID!) {
  user(id: $userId) {
    ...AccountFields
  }
}

fragment AccountFields on User {
  id
  username
  email
  displayName
  avatarUrl
  bio
  createdAt
}
`) as TypedDocumentNode<UserQuery, UserQueryVariables>;

export const ViewerEvents = parse(`
subscription ViewerEvents {
  viewerEvents {
    __typename
    ... on MessageCreated {
      inServerId
      message {
        ...LiveMessageFields
      }
    }
    ... on MessageUpdated {
      inServerId
      message {
        ...LiveMessageFields
      }
    }
    ... on MessageDeleted {
      messageId
      channelId
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
      serverId
    }
    ... on DirectChannelOpened {
      channel {
        ...DirectChannelFields
      }
    }
    ... on MemberAdded {
      server {
        id
        name
        createdAt
      }
      user {
        ...PersonFields
      }
    }
    ... on MemberRemoved {
      serverId
      user {
        ...PersonFields
      }
      reason
    }
    ... on ServerDeleted {
      serverId
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
    ... on TypingStarted {
      channelId
      user {
        ...PersonFields
      }
      expiresAt
    }
  }
}

fragment LiveMessageFields on Message {
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
  nonce
  replyTo {
    id
  }
}

fragment PersonFields on User {
  id
  username
  displayName
  avatarUrl
}

fragment ChannelFields on Channel {
  id
  type
  name
  topic
  position
  server {
    id
  }
  createdAt
}

fragment DirectChannelFields on Channel {
  id
  createdAt
  recipients {
    ...PersonFields
  }
}
`) as TypedDocumentNode<ViewerEventsSubscription, ViewerEventsSubscriptionVariables>;
