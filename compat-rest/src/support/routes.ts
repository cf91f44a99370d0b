import {
  ClearAllThreads,
  ClearThread,
  type SupportThreadStatus,
  ThreadMessages,
  Threads,
} from '@kopru/schema/operations/support.ts';
import type { Answer } from '../dialect.ts';
import { listRoute, Reply, type Route, route } from '../route.ts';
import { agentMessage, agentThread } from './shapes.ts';

/** How many are asked for at a time where all are wanted. */
const pageSize = 100;
const statuses: Readonly<Record<string, SupportThreadStatus>> = {
  open: 'OPEN',
  pending: 'PENDING',
  resolved: 'RESOLVED',
};

/** To a list nobody may see, the pages in the field expect a list. */
const emptyList: Answer = { status: 401, body: [] };
const nobody = { UNAUTHENTICATED: emptyList, TOKEN_EXPIRED: emptyList, FORBIDDEN: emptyList } as const;

/** The document's endpoints for agents, in its order. */
export const agentRoutes: readonly Route[] = [
  listRoute('GET /api/threads', Threads, {
    variables: ({ query }, after) => ({
      status: query.has('status') ? query.option('status', statuses) : null,
      first: query.optionalInteger('limit', 1, pageSize) ?? pageSize,
      after: after ?? query.optionalText('cursor'),
    }),
    page: ({ supportThreads }) => supportThreads,
    paged: ({ query }) => query.has('limit'),
    reply: (threads, _request, next) =>
      new Reply({ body: threads.map(agentThread), headers: next === null ? {} : { 'x-next-cursor': next } }),
    errors: nobody,
  }),
  listRoute('GET /api/messages', ThreadMessages, {
    variables: ({ query }, after) => ({ threadId: query.text('thread_id'), first: pageSize, after }),
    // A thread that is not there has no messages.
    page: ({ supportThread }) =>
      supportThread?.messages ?? { edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
    reply: (messages) => messages.map(agentMessage),
    errors: { ...nobody, NOT_FOUND: { status: 200, body: [] } },
  }),
  route('POST /api/messages/clear', ClearThread, {
    variables: ({ query }) => ({ input: { threadId: query.text('thread_id') } }),
    reply: () => ({ success: true }),
    // A thread that is not there has nothing left to clear.
    errors: { NOT_FOUND: { status: 200, body: { success: true } } },
  }),
  route('POST /api/messages/clear_all', ClearAllThreads, {
    reply: () => ({ success: true }),
  }),
];
