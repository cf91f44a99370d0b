import { randomUUID } from 'node:crypto';
import {
  AddNote,
  Agent,
  AgentHistory,
  AssignThread,
  Heartbeat,
  Notes,
  ResumeThread,
  SeenByAgents,
  SeenByVisitor,
  type SendSupportMessageInput,
  SendToAgents,
  SendToVisitor,
  SetThreadStatus,
  StartThread,
  type SupportThreadStatus,
  Typing,
  VisitorHistory,
} from '@kopru/schema/operations/support.ts';
import type { Fields } from '../fields.ts';
import { found } from '../operation.ts';
import type { Connection } from './connection.ts';
import { agent, anybody, type ClientEvent, visitor } from './event.ts';
import { account, agentMessage, agentThread, message, note, visitorThread } from './shapes.ts';

const messageTypes = { text: 'TEXT', image: 'IMAGE', audio: 'AUDIO' } as const;
const statuses: Readonly<Record<string, SupportThreadStatus>> = {
  open: 'OPEN',
  pending: 'PENDING',
  resolved: 'RESOLVED',
};

/** What clients emit: the document's in its order, what the clients in the field emit beside it, then what only newer pages do. */
export const events: readonly ClientEvent[] = [
  anybody('join', StartThread, {
    variables: (fields, connection) => {
      connection.requireRoom();
      return { input: { displayName: fields.text('display_name') } };
    },
    after: async ({ startSupportThread: { thread } }, connection) => {
      await connection.join(thread.id);
      connection.emit('joined', { thread_id: thread.id });
    },
    answer: ({ startSupportThread: { thread } }) => ({ thread_id: thread.id, thread: visitorThread(thread) }),
  }),
  agent('admin_join', Agent, {
    variables: () => ({}),
    after: (_data, connection) => connection.listen(),
    answer: ({ viewer }) => ({ agent: account(found(viewer, 'User')) }),
    reconnects: true,
  }),
  visitor('heartbeat', Heartbeat, {
    variables: (fields) => ({ input: { threadId: fields.text('thread_id') } }),
    answer: () => ({}),
    quiet: true,
  }),
  visitor('message_to_admin', SendToAgents, {
    variables: (fields, connection) => ({ input: sending(fields, connection, 'VISITOR') }),
    answer: ({ sendSupportMessage }) => ({ message: message(sendSupportMessage.message) }),
  }),
  agent('message_to_visitor', SendToVisitor, {
    variables: (fields, connection) => ({ input: sending(fields, connection, 'AGENT') }),
    answer: ({ sendSupportMessage }) => ({ message: agentMessage(sendSupportMessage.message) }),
  }),

  anybody('rejoin', ResumeThread, {
    variables: (fields) => ({ input: { threadId: fields.text('thread_id') } }),
    after: async ({ resumeSupportThread: { thread } }, connection) => {
      await connection.join(thread.id);
      connection.emit('joined', { thread_id: thread.id });
    },
    answer: ({ resumeSupportThread: { thread } }) => ({ thread_id: thread.id, thread: visitorThread(thread) }),
    failed: ({ type, message }, connection, fields) => {
      const isNone = (type === 'not_found' || type === 'invalid_message') && fields.isText('thread_id');
      if (isNone) connection.emit('rejoin_failed', { message, thread_id: fields.text('thread_id') });
      return isNone;
    },
    reconnects: true,
  }),

  visitor('history', VisitorHistory, {
    variables: page,
    answer: ({ supportThread }) => {
      const thread = found(supportThread, 'SupportThread');
      return { thread: visitorThread(thread), ...messages(thread.messages, message) };
    },
    quiet: true,
  }),
  agent('history', AgentHistory, {
    variables: page,
    answer: ({ supportThread }) => {
      const thread = found(supportThread, 'SupportThread');
      return { thread: agentThread(thread), ...messages(thread.messages, agentMessage) };
    },
    quiet: true,
  }),
  visitor('typing', Typing, {
    variables: (fields) => ({ input: { threadId: fields.text('thread_id') } }),
    answer: () => ({}),
    quiet: true,
  }),
  agent('typing', Typing, {
    variables: (fields) => ({ input: { threadId: fields.text('thread_id') } }),
    answer: () => ({}),
    quiet: true,
  }),
  visitor('seen', SeenByVisitor, {
    variables: seen,
    answer: ({ markThreadSeen }) => ({ thread: visitorThread(markThreadSeen.thread) }),
    quiet: true,
  }),
  agent('seen', SeenByAgents, {
    variables: seen,
    answer: ({ markThreadSeen }) => ({ thread: agentThread(markThreadSeen.thread) }),
    quiet: true,
  }),
  agent('assign', AssignThread, {
    variables: (fields) => ({
      input: { threadId: fields.text('thread_id'), assigneeId: fields.nullableText('assignee_id') },
    }),
    answer: ({ assignThread }) => ({ thread: agentThread(assignThread.thread) }),
    quiet: true,
  }),
  agent('set_status', SetThreadStatus, {
    variables: (fields) => ({
      input: { threadId: fields.text('thread_id'), status: fields.option('status', statuses) },
    }),
    answer: ({ setThreadStatus }) => ({ thread: agentThread(setThreadStatus.thread) }),
    quiet: true,
  }),
  agent('notes', Notes, {
    variables: (fields) => ({ threadId: fields.text('thread_id') }),
    answer: ({ supportThread }) => ({ notes: (found(supportThread, 'SupportThread').notes ?? []).map(note) }),
    quiet: true,
  }),
  agent('add_note', AddNote, {
    variables: (fields) => ({ input: { threadId: fields.text('thread_id'), text: fields.text('text') } }),
    answer: ({ addPrivateNote }) => ({ note: note(addPrivateNote.note) }),
    quiet: true,
  }),
];

/** A message to send. It always has a nonce: by that the connection that sent it is told from the others. */
function sending(fields: Fields, connection: Connection, side: 'VISITOR' | 'AGENT'): SendSupportMessageInput {
  const type = fields.has('type') ? fields.option('type', messageTypes) : 'TEXT';
  const nonce = fields.nullableText('nonce') ?? randomUUID();
  const text = fields.nullableText('text');
  const threadId = fields.text('thread_id');
  const input = { threadId, type, nonce };
  connection.echoes.expect({ threadId, side, nonce });
  return type === 'TEXT'
    ? { ...input, text }
    : { ...input, text: text || null, fileUrl: fields.nullableText('file_url') };
}

function page(fields: Fields): { threadId: string; last: number; before: string | null | undefined } {
  return {
    threadId: fields.text('thread_id'),
    last: fields.optionalInteger('limit', 1, 100) ?? 50,
    before: fields.nullableText('before'),
  };
}

function seen(fields: Fields): { input: { threadId: string; messageId: string } } {
  return { input: { threadId: fields.text('thread_id'), messageId: fields.text('message_id') } };
}

interface Messages<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
}

const messages = <Node>({ edges, pageInfo }: Messages<Node>, shape: (node: Node) => object) => ({
  messages: edges.map(({ node }) => shape(node)),
  before: pageInfo.hasPreviousPage ? pageInfo.startCursor : null,
});
