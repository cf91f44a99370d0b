// Generated from the operations in the folder of the same name by `npm run schema`; not to be edited.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** A note about a thread. */
export type AddPrivateNoteInput = {
  /** The thread. */
  readonly threadId: string;
  /** The text, 1 to 4000 characters, not only white space. */
  readonly text: string;
};

/** Who takes care of a thread. */
export type AssignThreadInput = {
  /** The thread. */
  readonly threadId: string;
  /** The account that takes care of it; nobody where it is null or absent. */
  readonly assigneeId?: string | null | undefined;
};

/** A thread whose messages go. */
export type ClearThreadInput = {
  /** The thread. */
  readonly threadId: string;
};

/** How far a side has read. */
export type MarkThreadSeenInput = {
  /** The thread. */
  readonly threadId: string;
  /** The last message that was seen. */
  readonly messageId: string;
};

/** A visitor who comes back. */
export type ResumeSupportThreadInput = {
  /** The thread that they began. */
  readonly threadId: string;
};

/** A message to send in a support thread. */
export type SendSupportMessageInput = {
  /** Where to. */
  readonly threadId: string;
  /** What it is. */
  readonly type?: SupportMessageType;
  /** The text, 1 to 4000 characters, not only white space; of a picture or sound its caption, if any. */
  readonly text?: string | null | undefined;
  /** Of a picture or sound, the URL that uploading it gave; no other is taken. */
  readonly fileUrl?: string | null | undefined;
  /** 1 to 64 characters that tell this message from the sender's others in the thread: sent again with the same, the first message is given back. */
  readonly nonce?: string | null | undefined;
};

/** How far a thread is. */
export type SetThreadStatusInput = {
  /** The thread. */
  readonly threadId: string;
  /** How far it is. */
  readonly status: SupportThreadStatus;
};

/** A visitor who asks for help. */
export type StartSupportThreadInput = {
  /** What they want to be called: 1 to 80 characters on one line. */
  readonly displayName: string;
};

/** Where somebody types. */
export type StartSupportTypingInput = {
  /** The thread. */
  readonly threadId: string;
};

/** What a message is. */
export type SupportMessageType =
  /** A text. */
  | 'TEXT'
  /** A picture that was uploaded, with or without a caption. */
  | 'IMAGE'
  /** A sound that was uploaded, with or without a caption. */
  | 'AUDIO';

/** Which side of a conversation somebody is on. */
export type SupportSender =
  /** Whoever asks for help. */
  | 'VISITOR'
  /** Whoever helps. */
  | 'AGENT';

/** Where a conversation began. */
export type SupportThreadOrigin =
  /** On a page, or through the graph. */
  | 'WEB'
  /** By a message to the bot in Telegram. */
  | 'TELEGRAM';

/** How far a conversation is. Whatever the visitor writes opens it again. */
export type SupportThreadStatus =
  /** Somebody waits for an answer of an agent. */
  | 'OPEN'
  /** An agent waits for something, such as an answer of the visitor. */
  | 'PENDING'
  /** Nothing is left to do. */
  | 'RESOLVED';

/** A one-time code. */
export type VerifyAgentCodeInput = {
  /** The six digits that were sent last. */
  readonly code: string;
};

/** A visitor who is there. */
export type VisitorHeartbeatInput = {
  /** Their thread. */
  readonly threadId: string;
};

export type AccountFieldsFragment = { readonly id: string, readonly username: string, readonly displayName: string };

export type AddNoteMutationVariables = Exact<{
  input: AddPrivateNoteInput;
}>;


export type AddNoteMutation = { readonly addPrivateNote: { readonly note: { readonly id: string, readonly threadId: string, readonly text: string, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null } } };

export type AgentQueryVariables = Exact<{ [key: string]: never; }>;


export type AgentQuery = { readonly viewer: { readonly id: string, readonly username: string, readonly displayName: string } | null };

export type AgentHistoryQueryVariables = Exact<{
  threadId: string;
  last: number;
  before?: string | null | undefined;
}>;


export type AgentHistoryQuery = { readonly supportThread: { readonly origin: SupportThreadOrigin, readonly createdAt: string, readonly lastActivityAt: string, readonly lastMessageAt: string | null, readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly messages: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null } }>, readonly pageInfo: { readonly hasPreviousPage: boolean, readonly startCursor: string | null } }, readonly lastMessage: { readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null } | null, readonly assignee: { readonly id: string, readonly displayName: string } | null, readonly account: { readonly id: string, readonly username: string, readonly displayName: string } | null } | null };

export type AgentMessageFieldsFragment = { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null };

export type AgentThreadFieldsFragment = { readonly origin: SupportThreadOrigin, readonly createdAt: string, readonly lastActivityAt: string, readonly lastMessageAt: string | null, readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly lastMessage: { readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null } | null, readonly assignee: { readonly id: string, readonly displayName: string } | null, readonly account: { readonly id: string, readonly username: string, readonly displayName: string } | null };

export type AssignThreadMutationVariables = Exact<{
  input: AssignThreadInput;
}>;


export type AssignThreadMutation = { readonly assignThread: { readonly thread: { readonly origin: SupportThreadOrigin, readonly createdAt: string, readonly lastActivityAt: string, readonly lastMessageAt: string | null, readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly lastMessage: { readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null } | null, readonly assignee: { readonly id: string, readonly displayName: string } | null, readonly account: { readonly id: string, readonly username: string, readonly displayName: string } | null } } };

export type ClearAllThreadsMutationVariables = Exact<{ [key: string]: never; }>;


export type ClearAllThreadsMutation = { readonly clearAllThreads: { readonly count: number } };

export type ClearThreadMutationVariables = Exact<{
  input: ClearThreadInput;
}>;


export type ClearThreadMutation = { readonly clearThread: { readonly thread: { readonly id: string } } };

export type EndSessionMutationVariables = Exact<{ [key: string]: never; }>;


export type EndSessionMutation = { readonly logout: { readonly revokedSessionIds: ReadonlyArray<string> } };

export type HeartbeatMutationVariables = Exact<{
  input: VisitorHeartbeatInput;
}>;


export type HeartbeatMutation = { readonly visitorHeartbeat: { readonly thread: { readonly id: string } } };

export type InboxSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type InboxSubscription = { readonly supportInbox:
    | { readonly __typename: 'SupportThreadStarted', readonly thread: { readonly origin: SupportThreadOrigin, readonly createdAt: string, readonly lastActivityAt: string, readonly lastMessageAt: string | null, readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly lastMessage: { readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null } | null, readonly assignee: { readonly id: string, readonly displayName: string } | null, readonly account: { readonly id: string, readonly username: string, readonly displayName: string } | null } }
    | { readonly __typename: 'SupportMessageCreated', readonly message: { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null }, readonly thread: { readonly displayName: string } }
    | { readonly __typename: 'SupportThreadUpdated', readonly thread: { readonly origin: SupportThreadOrigin, readonly createdAt: string, readonly lastActivityAt: string, readonly lastMessageAt: string | null, readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly lastMessage: { readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null } | null, readonly assignee: { readonly id: string, readonly displayName: string } | null, readonly account: { readonly id: string, readonly username: string, readonly displayName: string } | null } }
    | { readonly __typename: 'SupportThreadCleared', readonly threadId: string }
    | { readonly __typename: 'SupportTypingStarted', readonly threadId: string, readonly sender: SupportSender }
    | { readonly __typename: 'VisitorOnline', readonly threadId: string }
    | { readonly __typename: 'SupportDeliveryFailed' }
    | { readonly __typename: 'PrivateNoteAdded', readonly note: { readonly id: string, readonly threadId: string, readonly text: string, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null } }
    | { readonly __typename: 'AllThreadsCleared', readonly count: number }
   };

export type MessageFieldsFragment = { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string };

export type NoteFieldsFragment = { readonly id: string, readonly threadId: string, readonly text: string, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null };

export type NotesQueryVariables = Exact<{
  threadId: string;
}>;


export type NotesQuery = { readonly supportThread: { readonly notes: ReadonlyArray<{ readonly id: string, readonly threadId: string, readonly text: string, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null }> | null } | null };

export type PersonFieldsFragment = { readonly id: string, readonly displayName: string };

export type RequestAgentCodeMutationVariables = Exact<{ [key: string]: never; }>;


export type RequestAgentCodeMutation = { readonly requestAgentCode: { readonly delivered: boolean, readonly code: string | null } };

export type ResumeThreadMutationVariables = Exact<{
  input: ResumeSupportThreadInput;
}>;


export type ResumeThreadMutation = { readonly resumeSupportThread: { readonly thread: { readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null } } };

export type SeenByAgentsMutationVariables = Exact<{
  input: MarkThreadSeenInput;
}>;


export type SeenByAgentsMutation = { readonly markThreadSeen: { readonly thread: { readonly origin: SupportThreadOrigin, readonly createdAt: string, readonly lastActivityAt: string, readonly lastMessageAt: string | null, readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly lastMessage: { readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null } | null, readonly assignee: { readonly id: string, readonly displayName: string } | null, readonly account: { readonly id: string, readonly username: string, readonly displayName: string } | null } } };

export type SeenByVisitorMutationVariables = Exact<{
  input: MarkThreadSeenInput;
}>;


export type SeenByVisitorMutation = { readonly markThreadSeen: { readonly thread: { readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null } } };

export type SendToAgentsMutationVariables = Exact<{
  input: SendSupportMessageInput;
}>;


export type SendToAgentsMutation = { readonly sendSupportMessage: { readonly message: { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string } } };

export type SendToVisitorMutationVariables = Exact<{
  input: SendSupportMessageInput;
}>;


export type SendToVisitorMutation = { readonly sendSupportMessage: { readonly message: { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null } } };

export type SetThreadStatusMutationVariables = Exact<{
  input: SetThreadStatusInput;
}>;


export type SetThreadStatusMutation = { readonly setThreadStatus: { readonly thread: { readonly origin: SupportThreadOrigin, readonly createdAt: string, readonly lastActivityAt: string, readonly lastMessageAt: string | null, readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly lastMessage: { readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null } | null, readonly assignee: { readonly id: string, readonly displayName: string } | null, readonly account: { readonly id: string, readonly username: string, readonly displayName: string } | null } } };

export type StartThreadMutationVariables = Exact<{
  input: StartSupportThreadInput;
}>;


export type StartThreadMutation = { readonly startSupportThread: { readonly thread: { readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null } } };

export type ThreadEventsSubscriptionVariables = Exact<{
  threadId: string;
}>;


export type ThreadEventsSubscription = { readonly supportThreadEvents:
    | { readonly __typename: 'SupportMessageCreated', readonly message: { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string } }
    | { readonly __typename: 'SupportThreadUpdated', readonly thread: { readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null } }
    | { readonly __typename: 'SupportThreadCleared', readonly threadId: string }
    | { readonly __typename: 'SupportTypingStarted', readonly threadId: string, readonly sender: SupportSender }
    | { readonly __typename: 'VisitorOnline' }
    | { readonly __typename: 'SupportDeliveryFailed', readonly threadId: string, readonly messageId: string }
   };

export type ThreadMessagesQueryVariables = Exact<{
  threadId: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ThreadMessagesQuery = { readonly supportThread: { readonly messages: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string, readonly author: { readonly id: string, readonly displayName: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ThreadsQueryVariables = Exact<{
  status?: SupportThreadStatus | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ThreadsQuery = { readonly supportThreads: { readonly edges: ReadonlyArray<{ readonly node: { readonly origin: SupportThreadOrigin, readonly createdAt: string, readonly lastActivityAt: string, readonly lastMessageAt: string | null, readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly lastMessage: { readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null } | null, readonly assignee: { readonly id: string, readonly displayName: string } | null, readonly account: { readonly id: string, readonly username: string, readonly displayName: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type TypingMutationVariables = Exact<{
  input: StartSupportTypingInput;
}>;


export type TypingMutation = { readonly startSupportTyping: { readonly thread: { readonly id: string } } };

export type VerifyAgentCodeMutationVariables = Exact<{
  input: VerifyAgentCodeInput;
}>;


export type VerifyAgentCodeMutation = { readonly verifyAgentCode: { readonly accessToken: string } };

export type VisitorHistoryQueryVariables = Exact<{
  threadId: string;
  last: number;
  before?: string | null | undefined;
}>;


export type VisitorHistoryQuery = { readonly supportThread: { readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null, readonly messages: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly threadId: string, readonly sender: SupportSender, readonly type: SupportMessageType, readonly text: string | null, readonly fileUrl: string | null, readonly nonce: string | null, readonly createdAt: string } }>, readonly pageInfo: { readonly hasPreviousPage: boolean, readonly startCursor: string | null } } } | null };

export type VisitorThreadFieldsFragment = { readonly id: string, readonly displayName: string, readonly status: SupportThreadStatus, readonly unreadCount: number, readonly visitorSeenMessageId: string | null, readonly agentsSeenMessageId: string | null };

export const AddNote = parse(`
mutation AddNote($input: AddPrivateNoteInput!) {
  addPrivateNote(input: $input) {
    note {
      ...NoteFields
    }
  }
}

fragment NoteFields on PrivateNote {
  id
  threadId
  author {
    ...PersonFields
  }
  text
  createdAt
}

fragment PersonFields on User {
  id
  displayName
}
`) as TypedDocumentNode<AddNoteMutation, AddNoteMutationVariables>;

export const Agent = parse(`
query Agent {
  viewer {
    ...AccountFields
  }
}

fragment AccountFields on User {
  id
  username
  displayName
}
`) as TypedDocumentNode<AgentQuery, AgentQueryVariables>;

export const AgentHistory = parse(`
query AgentHistory($threadId: ID!, $last: Int!, $before: String) {
  supportThread(id: $threadId) {
    ...AgentThreadFields
    messages(last: $last, before: $before) {
      edges {
        node {
          ...AgentMessageFields
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}

fragment AgentThreadFields on SupportThread {
  ...VisitorThreadFields
  origin
  createdAt
  lastActivityAt
  lastMessage {
    sender
    type
    text
  }
  lastMessageAt
  assignee {
    ...PersonFields
  }
  account {
    ...AccountFields
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}

fragment PersonFields on User {
  id
  displayName
}

fragment AccountFields on User {
  id
  username
  displayName
}

fragment AgentMessageFields on SupportMessage {
  ...MessageFields
  author {
    ...PersonFields
  }
}

fragment MessageFields on SupportMessage {
  id
  threadId
  sender
  type
  text
  fileUrl
  nonce
  createdAt
}
`) as TypedDocumentNode<AgentHistoryQuery, AgentHistoryQueryVariables>;

export const AssignThread = parse(`
mutation AssignThread($input: AssignThreadInput!) {
  assignThread(input: $input) {
    thread {
      ...AgentThreadFields
    }
  }
}

fragment AgentThreadFields on SupportThread {
  ...VisitorThreadFields
  origin
  createdAt
  lastActivityAt
  lastMessage {
    sender
    type
    text
  }
  lastMessageAt
  assignee {
    ...PersonFields
  }
  account {
    ...AccountFields
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}

fragment PersonFields on User {
  id
  displayName
}

fragment AccountFields on User {
  id
  username
  displayName
}
`) as TypedDocumentNode<AssignThreadMutation, AssignThreadMutationVariables>;

export const ClearAllThreads = parse(`
mutation ClearAllThreads {
  clearAllThreads {
    count
  }
}
`) as TypedDocumentNode<ClearAllThreadsMutation, ClearAllThreadsMutationVariables>;

export const ClearThread = parse(`
mutation ClearThread($input: ClearThreadInput!) {
  clearThread(input: $input) {
    thread {
      id
    }
  }
}
`) as TypedDocumentNode<ClearThreadMutation, ClearThreadMutationVariables>;

export const EndSession = parse(`
mutation EndSession {
  logout {
    revokedSessionIds
  }
}
`) as TypedDocumentNode<EndSessionMutation, EndSessionMutationVariables>;

export const Heartbeat = parse(`
mutation Heartbeat($input: VisitorHeartbeatInput!) {
  visitorHeartbeat(input: $input) {
    thread {
      id
    }
  }
}
`) as TypedDocumentNode<HeartbeatMutation, HeartbeatMutationVariables>;

export const Inbox = parse(`
subscription Inbox {
  supportInbox {
    __typename
    ... on SupportMessageCreated {
      message {
        ...AgentMessageFields
      }
      thread {
        displayName
      }
    }
    ... on SupportThreadUpdated {
      thread {
        ...AgentThreadFields
      }
    }
    ... on SupportThreadCleared {
      threadId
    }
    ... on SupportTypingStarted {
      threadId
      sender
    }
    ... on VisitorOnline {
      threadId
    }
    ... on SupportThreadStarted {
      thread {
        ...AgentThreadFields
      }
    }
    ... on PrivateNoteAdded {
      note {
        ...NoteFields
      }
    }
    ... on AllThreadsCleared {
      count
    }
  }
}

fragment AgentMessageFields on SupportMessage {
  ...MessageFields
  author {
    ...PersonFields
  }
}

fragment MessageFields on SupportMessage {
  id
  threadId
  sender
  type
  text
  fileUrl
  nonce
  createdAt
}

fragment PersonFields on User {
  id
  displayName
}

fragment AgentThreadFields on SupportThread {
  ...VisitorThreadFields
  origin
  createdAt
  lastActivityAt
  lastMessage {
    sender
    type
    text
  }
  lastMessageAt
  assignee {
    ...PersonFields
  }
  account {
    ...AccountFields
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}

fragment AccountFields on User {
  id
  username
  displayName
}

fragment NoteFields on PrivateNote {
  id
  threadId
  author {
    ...PersonFields
  }
  text
  createdAt
}
`) as TypedDocumentNode<InboxSubscription, InboxSubscriptionVariables>;

export const Notes = parse(`
query Notes($threadId: ID!) {
  supportThread(id: $threadId) {
    notes {
      ...NoteFields
    }
  }
}

fragment NoteFields on PrivateNote {
  id
  threadId
  author {
    ...PersonFields
  }
  text
  createdAt
}

fragment PersonFields on User {
  id
  displayName
}
`) as TypedDocumentNode<NotesQuery, NotesQueryVariables>;

export const RequestAgentCode = parse(`
mutation RequestAgentCode {
  requestAgentCode {
    delivered
    code
  }
}
`) as TypedDocumentNode<RequestAgentCodeMutation, RequestAgentCodeMutationVariables>;

export const ResumeThread = parse(`
mutation ResumeThread($input: ResumeSupportThreadInput!) {
  resumeSupportThread(input: $input) {
    thread {
      ...VisitorThreadFields
    }
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}
`) as TypedDocumentNode<ResumeThreadMutation, ResumeThreadMutationVariables>;

export const SeenByAgents = parse(`
mutation SeenByAgents($input: MarkThreadSeenInput!) {
  markThreadSeen(input: $input) {
    thread {
      ...AgentThreadFields
    }
  }
}

fragment AgentThreadFields on SupportThread {
  ...VisitorThreadFields
  origin
  createdAt
  lastActivityAt
  lastMessage {
    sender
    type
    text
  }
  lastMessageAt
  assignee {
    ...PersonFields
  }
  account {
    ...AccountFields
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}

fragment PersonFields on User {
  id
  displayName
}

fragment AccountFields on User {
  id
  username
  displayName
}
`) as TypedDocumentNode<SeenByAgentsMutation, SeenByAgentsMutationVariables>;

export const SeenByVisitor = parse(`
mutation SeenByVisitor($input: MarkThreadSeenInput!) {
  markThreadSeen(input: $input) {
    thread {
      ...VisitorThreadFields
    }
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}
`) as TypedDocumentNode<SeenByVisitorMutation, SeenByVisitorMutationVariables>;

export const SendToAgents = parse(`
mutation SendToAgents($input: SendSupportMessageInput!) {
  sendSupportMessage(input: $input) {
    message {
      ...MessageFields
    }
  }
}

fragment MessageFields on SupportMessage {
  id
  threadId
  sender
  type
  text
  fileUrl
  nonce
  createdAt
}
`) as TypedDocumentNode<SendToAgentsMutation, SendToAgentsMutationVariables>;

export const SendToVisitor = parse(`
mutation SendToVisitor($input: SendSupportMessageInput!) {
  sendSupportMessage(input: $input) {
    message {
      ...AgentMessageFields
    }
  }
}

fragment AgentMessageFields on SupportMessage {
  ...MessageFields
  author {
    ...PersonFields
  }
}

fragment MessageFields on SupportMessage {
  id
  threadId
  sender
  type
  text
  fileUrl
  nonce
  createdAt
}

fragment PersonFields on User {
  id
  displayName
}
`) as TypedDocumentNode<SendToVisitorMutation, SendToVisitorMutationVariables>;

export const SetThreadStatus = parse(`
mutation SetThreadStatus($input: SetThreadStatusInput!) {
  setThreadStatus(input: $input) {
    thread {
      ...AgentThreadFields
    }
  }
}

fragment AgentThreadFields on SupportThread {
  ...VisitorThreadFields
  origin
  createdAt
  lastActivityAt
  lastMessage {
    sender
    type
    text
  }
  lastMessageAt
  assignee {
    ...PersonFields
  }
  account {
    ...AccountFields
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}

fragment PersonFields on User {
  id
  displayName
}

fragment AccountFields on User {
  id
  username
  displayName
}
`) as TypedDocumentNode<SetThreadStatusMutation, SetThreadStatusMutationVariables>;

export const StartThread = parse(`
mutation StartThread($input: StartSupportThreadInput!) {
  startSupportThread(input: $input) {
    thread {
      ...VisitorThreadFields
    }
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}
`) as TypedDocumentNode<StartThreadMutation, StartThreadMutationVariables>;

export const ThreadEvents = parse(`
subscription ThreadEvents($threadId: ID!) {
  supportThreadEvents(threadId: $threadId) {
    __typename
    ... on SupportMessageCreated {
      message {
        ...MessageFields
      }
    }
    ... on SupportThreadUpdated {
      thread {
        ...VisitorThreadFields
      }
    }
    ... on SupportThreadCleared {
      threadId
    }
    ... on SupportTypingStarted {
      threadId
      sender
    }
    ... on SupportDeliveryFailed {
      threadId
      messageId
    }
  }
}

fragment MessageFields on SupportMessage {
  id
  threadId
  sender
  type
  text
  fileUrl
  nonce
  createdAt
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}
`) as TypedDocumentNode<ThreadEventsSubscription, ThreadEventsSubscriptionVariables>;

export const ThreadMessages = parse(`
query ThreadMessages($threadId: ID!, $first: Int!, $after: String) {
  supportThread(id: $threadId) {
    messages(first: $first, after: $after) {
      edges {
        node {
          ...AgentMessageFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment AgentMessageFields on SupportMessage {
  ...MessageFields
  author {
    ...PersonFields
  }
}

fragment MessageFields on SupportMessage {
  id
  threadId
  sender
  type
  text
  fileUrl
  nonce
  createdAt
}

fragment PersonFields on User {
  id
  displayName
}
`) as TypedDocumentNode<ThreadMessagesQuery, ThreadMessagesQueryVariables>;

export const Threads = parse(`
query Threads($status: SupportThreadStatus, $first: Int!, $after: String) {
  supportThreads(status: $status, first: $first, after: $after) {
    edges {
      node {
        ...AgentThreadFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}

fragment AgentThreadFields on SupportThread {
  ...VisitorThreadFields
  origin
  createdAt
  lastActivityAt
  lastMessage {
    sender
    type
    text
  }
  lastMessageAt
  assignee {
    ...PersonFields
  }
  account {
    ...AccountFields
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}

fragment PersonFields on User {
  id
  displayName
}

fragment AccountFields on User {
  id
  username
  displayName
}
`) as TypedDocumentNode<ThreadsQuery, ThreadsQueryVariables>;

export const Typing = parse(`
mutation Typing($input: StartSupportTypingInput!) {
  startSupportTyping(input: $input) {
    thread {
      id
    }
  }
}
`) as TypedDocumentNode<TypingMutation, TypingMutationVariables>;

export const VerifyAgentCode = parse(`
mutation VerifyAgentCode($input: VerifyAgentCodeInput!) {
  verifyAgentCode(input: $input) {
    accessToken
  }
}
`) as TypedDocumentNode<VerifyAgentCodeMutation, VerifyAgentCodeMutationVariables>;

export const VisitorHistory = parse(`
query VisitorHistory($threadId: ID!, $last: Int!, $before: String) {
  supportThread(id: $threadId) {
    ...VisitorThreadFields
    messages(last: $last, before: $before) {
      edges {
        node {
          ...MessageFields
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}

fragment VisitorThreadFields on SupportThread {
  id
  displayName
  status
  unreadCount
  visitorSeenMessageId
  agentsSeenMessageId
}

fragment MessageFields on SupportMessage {
  id
  threadId
  sender
  type
  text
  fileUrl
  nonce
  createdAt
}
`) as TypedDocumentNode<VisitorHistoryQuery, VisitorHistoryQueryVariables>;
