import type { GraphQLSchema } from 'graphql';

/** What holds for all there is to ask: the one place where a reader of the schema finds it. */
const failures = `An error says why in \`extensions.code\`:
- UNAUTHENTICATED: sign in first. TOKEN_EXPIRED: refresh the session, then ask again.
- FORBIDDEN, NOT_FOUND: \`resource\` is the type concerned.
- CONFLICT: somebody else has it, or its state does not permit this; with \`resource\`, and \`fields\` for names that are taken.
- VALIDATION_FAILED: an argument breaks a rule of its description; \`fields\` has, for each of them, sentences to show.
- RATE_LIMITED: too much at a time; \`retryAfter\`, where it is there, in seconds.
- INSUFFICIENT_CREDIT: it costs more credit than there is; nothing was done.
- UNAVAILABLE: something this needs is away; the same may succeed later.
- INTERNAL: our fault; \`requestId\` is what to report.
- GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, BAD_USER_INPUT, BAD_REQUEST: the request itself is wrong; its message says how.`;

const descriptions = {
  Query: `What can be read. A field that may be refused, or whose service may be away, is null beside its error, and the rest is there.\n\n${failures}`,
  Mutation:
    'What can be changed. What takes a permission is FORBIDDEN to whoever lacks it. The errors are those of Query.',
  Subscription: `What can be listened to, over WebSocket by graphql-transport-ws; \`connection_init\` carries \`authorization\`: \`Bearer <accessToken>\`. One whose access ends gets the error that says so, and nothing after it. RESUME_GAP: events were missed that are no longer kept; read anew, then subscribe.`,
};

/** Describes the root types, for which there is no decorator; each subgraph in the same words. */
export function describeRoots(schema: GraphQLSchema): void {
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    if (root) root.description = descriptions[root.name as keyof typeof descriptions];
}
