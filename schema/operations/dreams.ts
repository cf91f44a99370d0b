// Generated from the operations in the folder of the same name by `npm run schema`; not to be edited.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** A dream to tell. */
export type CreateDreamInput = {
  /** 1 to 100 characters; where there is none `Yeni rüya`, or `New dream` of one that is told in English. */
  readonly title?: string | null | undefined;
  /** At most 1000 characters; made of the first message where there is none. */
  readonly description?: string | null | undefined;
  /** The first message, 1 to 4000 characters; its analysis begins at once. It may be sent later. */
  readonly message?: string | null | undefined;
  /** 1 to 64 characters that tell this dream from the author's others: sent again with the same, the first one is given back, and nothing is charged or written. */
  readonly nonce?: string | null | undefined;
};

/** Who said something about a dream. */
export type DreamMessageRole =
  /** Its author. */
  | 'USER'
  /** The analyst. */
  | 'ANALYST'
  /** This system; nobody else can. */
  | 'SYSTEM';

/** Credentials. */
export type LoginInput = {
  /** The username or the email address, in any case. */
  readonly login: string;
  /** The password. */
  readonly password: string;
  /** Whether the refresh token stays the same, for older clients, which keep the first one. It then lasts one day from now. */
  readonly lastingRefreshToken?: boolean;
};

/** A sign-in with Google. */
export type LoginWithGoogleInput = {
  /** The ID token that Google gave the client. */
  readonly token: string;
  /** Whether the refresh token stays the same, for older clients, which keep the first one. It then lasts one day from now. */
  readonly lastingRefreshToken?: boolean;
};

/** Another sign-in with Google, of somebody who has an account. */
export type RefreshGoogleSessionInput = {
  /** A new ID token of the same Google account. */
  readonly token: string;
  /** Whether the refresh token stays the same, for older clients, which keep the first one. It then lasts one day from now. */
  readonly lastingRefreshToken?: boolean;
};

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

/** Something to say about a dream. */
export type SendDreamMessageInput = {
  /** The dream, which must be the viewer's. */
  readonly dreamId: string;
  /** 1 to 4000 characters, not only white space. It is kept as it is. */
  readonly message: string;
  /** 1 to 64 characters that tell this message from the dream's others: sent again with the same, the first one is given back. */
  readonly nonce?: string | null | undefined;
};

/** Why a token is not accepted. */
export type TokenRejection =
  /** It is no token of this installation, or a refresh token that is spent. */
  | 'INVALID'
  /** It was good once; a refresh gives a new access token. */
  | 'EXPIRED'
  /** Its session has ended. */
  | 'REVOKED';

export type AccountFieldsFragment = { readonly id: string, readonly username: string, readonly email: string | null, readonly active: boolean, readonly avatarUrl: string | null, readonly googleId: string | null, readonly lastChatAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly credits: { readonly totalAmount: number, readonly amount: number } | null };

export type AnalysisEndsSubscriptionVariables = Exact<{
  dreamId: string;
}>;


export type AnalysisEndsSubscription = { readonly dreamAnalysis:
    | { readonly __typename: 'AnalysisStarted' }
    | { readonly __typename: 'AnalysisText' }
    | { readonly __typename: 'AnalysisCompleted', readonly analysis: { readonly id: string }, readonly message: { readonly id: string, readonly dreamId: string, readonly role: DreamMessageRole, readonly message: string, readonly createdAt: string } }
    | { readonly __typename: 'AnalysisFailed', readonly analysis: { readonly id: string } }
    | { readonly __typename: 'AnalysisCancelled', readonly analysis: { readonly id: string } }
   };

export type AuthorQueryVariables = Exact<{ [key: string]: never; }>;


export type AuthorQuery = { readonly viewer: { readonly email: string | null } | null };

export type CreateDreamMutationVariables = Exact<{
  input: CreateDreamInput;
}>;


export type CreateDreamMutation = { readonly createDream: { readonly dream: { readonly id: string, readonly title: string, readonly description: string | null, readonly isActive: boolean, readonly createdAt: string, readonly updatedAt: string } } };

export type DreamFieldsFragment = { readonly id: string, readonly title: string, readonly description: string | null, readonly isActive: boolean, readonly createdAt: string, readonly updatedAt: string };

export type DreamMessagesQueryVariables = Exact<{
  dreamId: string;
  after?: string | null | undefined;
}>;


export type DreamMessagesQuery = { readonly dream: { readonly messages: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly dreamId: string, readonly role: DreamMessageRole, readonly message: string, readonly createdAt: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type DreamsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type DreamsQuery = { readonly viewer: { readonly dreams: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly title: string, readonly description: string | null, readonly isActive: boolean, readonly createdAt: string, readonly updatedAt: string, readonly author: { readonly email: string | null } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { readonly login: { readonly accessToken: string, readonly refreshToken: string, readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly active: boolean, readonly avatarUrl: string | null, readonly googleId: string | null, readonly lastChatAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly credits: { readonly totalAmount: number, readonly amount: number } | null } } };

export type LoginWithGoogleMutationVariables = Exact<{
  input: LoginWithGoogleInput;
}>;


export type LoginWithGoogleMutation = { readonly loginWithGoogle: { readonly accessToken: string, readonly refreshToken: string, readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly active: boolean, readonly avatarUrl: string | null, readonly googleId: string | null, readonly lastChatAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly credits: { readonly totalAmount: number, readonly amount: number } | null } } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly viewer: { readonly id: string, readonly username: string, readonly email: string | null, readonly active: boolean, readonly avatarUrl: string | null, readonly googleId: string | null, readonly lastChatAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly credits: { readonly totalAmount: number, readonly amount: number } | null } | null };

export type MessageFieldsFragment = { readonly id: string, readonly dreamId: string, readonly role: DreamMessageRole, readonly message: string, readonly createdAt: string };

export type ObtainTokensMutationVariables = Exact<{
  input: LoginInput;
}>;


export type ObtainTokensMutation = { readonly login: { readonly accessToken: string, readonly refreshToken: string } };

export type RefreshGoogleSessionMutationVariables = Exact<{
  input: RefreshGoogleSessionInput;
}>;


export type RefreshGoogleSessionMutation = { readonly refreshGoogleSession: { readonly accessToken: string, readonly refreshToken: string, readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly active: boolean, readonly avatarUrl: string | null, readonly googleId: string | null, readonly lastChatAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly credits: { readonly totalAmount: number, readonly amount: number } | null } } };

export type RefreshTokensMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshTokensMutation = { readonly refreshSession: { readonly accessToken: string, readonly refreshToken: string } };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { readonly register: { readonly user: { readonly id: string, readonly username: string, readonly email: string | null, readonly active: boolean, readonly avatarUrl: string | null, readonly googleId: string | null, readonly lastChatAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly credits: { readonly totalAmount: number, readonly amount: number } | null } } };

export type SendDreamMessageMutationVariables = Exact<{
  input: SendDreamMessageInput;
}>;


export type SendDreamMessageMutation = { readonly sendDreamMessage: { readonly message: { readonly id: string, readonly dreamId: string, readonly role: DreamMessageRole, readonly message: string, readonly createdAt: string }, readonly dream: { readonly analysis: { readonly id: string } | null } } };

export type TokenFieldsFragment = { readonly accessToken: string, readonly refreshToken: string };

export type VerifyTokenQueryVariables = Exact<{
  token: string;
}>;


export type VerifyTokenQuery = { readonly verifyToken: { readonly valid: boolean, readonly reason: TokenRejection | null } };

export const AnalysisEnds = parse(`
subscription AnalysisEnds($dreamId: ID!) {
  dreamAnalysis(dreamId: $dreamId) {
    __typename
    ... on AnalysisCompleted {
      analysis {
        id
      }
      message {
        ...MessageFields
      }
    }
    ... on AnalysisFailed {
      analysis {
        id
      }
    }
    ... on AnalysisCancelled {
      analysis {
        id
      }
    }
  }
}

fragment MessageFields on DreamMessage {
  id
  dreamId
  role
  message
  createdAt
}
`) as TypedDocumentNode<AnalysisEndsSubscription, AnalysisEndsSubscriptionVariables>;

export const Author = parse(`
query Author {
  viewer {
    email
  }
}
`) as TypedDocumentNode<AuthorQuery, AuthorQueryVariables>;

export const CreateDream = parse(`
mutation CreateDream($input: CreateDreamInput!) {
  createDream(input: $input) {
    dream {
      ...DreamFields
    }
  }
}

fragment DreamFields on Dream {
  id
  title
  description
  isActive
  createdAt
  updatedAt
}
`) as TypedDocumentNode<CreateDreamMutation, CreateDreamMutationVariables>;

export const DreamMessages = parse(`
query DreamMessages($dreamId: ID!, $after: String) {
  dream(id: $dreamId) {
    messages(first: 100, after: $after) {
      edges {
        node {
          ...MessageFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment MessageFields on DreamMessage {
  id
  dreamId
  role
  message
  createdAt
}
`) as TypedDocumentNode<DreamMessagesQuery, DreamMessagesQueryVariables>;

export const Dreams = parse(`
query Dreams($after: String) {
  viewer {
    dreams(first: 100, after: $after) {
      edges {
        node {
          ...DreamFields
          author {
            email
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment DreamFields on Dream {
  id
  title
  description
  isActive
  createdAt
  updatedAt
}
`) as TypedDocumentNode<DreamsQuery, DreamsQueryVariables>;

export const Login = parse(`
mutation Login($input: LoginInput!) {
  login(input: $input) {
    ...TokenFields
    user {
      ...AccountFields
    }
  }
}

fragment TokenFields on AuthPayload {
  accessToken
  refreshToken
}

fragment AccountFields on User {
  id
  username
  email
  active
  avatarUrl
  googleId
  lastChatAt
  createdAt
  updatedAt
  credits {
    totalAmount
    amount
  }
}
`) as TypedDocumentNode<LoginMutation, LoginMutationVariables>;

export const LoginWithGoogle = parse(`
mutation LoginWithGoogle($input: LoginWithGoogleInput!) {
  loginWithGoogle(input: $input) {
    ...TokenFields
    user {
      ...AccountFields
    }
  }
}

fragment TokenFields on AuthPayload {
  accessToken
  refreshToken
}

fragment AccountFields on User {
  id
  username
  email
  active
  avatarUrl
  googleId
  lastChatAt
  createdAt
  updatedAt
  credits {
    totalAmount
    amount
  }
}
`) as TypedDocumentNode<LoginWithGoogleMutation, LoginWithGoogleMutationVariables>;

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
  active
  avatarUrl
  googleId
  lastChatAt
  createdAt
  updatedAt
  credits {
    totalAmount
    amount
  }
}
`) as TypedDocumentNode<MeQuery, MeQueryVariables>;

export const ObtainTokens = parse(`
mutation ObtainTokens($input: LoginInput!) {
  login(input: $input) {
    ...TokenFields
  }
}

fragment TokenFields on AuthPayload {
  accessToken
  refreshToken
}
`) as TypedDocumentNode<ObtainTokensMutation, ObtainTokensMutationVariables>;

export const RefreshGoogleSession = parse(`
mutation RefreshGoogleSession($input: RefreshGoogleSessionInput!) {
  refreshGoogleSession(input: $input) {
    ...TokenFields
    user {
      ...AccountFields
    }
  }
}

fragment TokenFields on AuthPayload {
  accessToken
  refreshToken
}

fragment AccountFields on User {
  id
  username
  email
  active
  avatarUrl
  googleId
  lastChatAt
  createdAt
  updatedAt
  credits {
    totalAmount
    amount
  }
}
`) as TypedDocumentNode<RefreshGoogleSessionMutation, RefreshGoogleSessionMutationVariables>;

export const RefreshTokens = parse(`
mutation RefreshTokens($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    ...TokenFields
  }
}

fragment TokenFields on AuthPayload {
  accessToken
  refreshToken
}
`) as TypedDocumentNode<RefreshTokensMutation, RefreshTokensMutationVariables>;

export const Register = parse(`
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    user {
      ...AccountFields
    }
  }
}

fragment AccountFields on User {
  id
  username
  email
  active
  avatarUrl
  googleId
  lastChatAt
  createdAt
  updatedAt
  credits {
    totalAmount
    amount
  }
}
`) as TypedDocumentNode<RegisterMutation, RegisterMutationVariables>;

export const SendDreamMessage = parse(`
mutation SendDreamMessage($input: SendDreamMessageInput!) {
  sendDreamMessage(input: $input) {
    message {
      ...MessageFields
    }
    dream {
      analysis {
        id
      }
    }
  }
}

fragment MessageFields on DreamMessage {
  id
  dreamId
  role
  message
  createdAt
}
`) as TypedDocumentNode<SendDreamMessageMutation, SendDreamMessageMutationVariables>;

export const VerifyToken = parse(`
query VerifyToken($token: String!) {
  verifyToken(token: $token) {
    valid
    reason
  }
}
`) as TypedDocumentNode<VerifyTokenQuery, VerifyTokenQueryVariables>;
