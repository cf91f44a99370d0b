import type { Graph, LiveHandle, LiveSink } from '@kopru/router/graph/graph.ts';
import type { Viewer } from '@kopru/runtime/context.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { Me, Servers, ViewerEvents } from '@kopru/schema/operations/chat-v1.ts';
import { failureOf, operationFailure, Refused } from '../failure.ts';
import { everyNode, type Run } from '../operation.ts';
import { type Person, person } from './dispatches.ts';
import { type CloseReason, close } from './opcodes.ts';
import { found } from './requests.ts';
import { account, server } from './shapes.ts';

/** Subscribes to all that concerns the caller. @throws Refused when it is not granted */
export async function subscribe(graph: Graph, caller: Caller, sink: LiveSink): Promise<LiveHandle> {
  const subscribed = await graph.subscribe({ document: ViewerEvents, caller }, sink);
  if ('handle' in subscribed) return subscribed.handle;
  const [error = { message: 'The subscription was refused.' }] = subscribed.errors;
  throw new Refused(operationFailure(error), { cause: error });
}

/** Who is connected: as CONNECTED says it, and as dispatches name people. */
export async function introduce(run: Run): Promise<{ self: Person; user: object; servers: object[] }> {
  const [{ viewer }, servers] = await Promise.all([
    run(Me, {}),
    everyNode(
      run,
      Servers,
      (after) => ({ after }),
      ({ viewer }) => found(viewer?.servers, 'User'),
    ),
  ]);
  const user = found(viewer, 'User');
  const self = person(user);
  return { self, user: { ...self, ...account(user) }, servers: servers.map(server) };
}

/** Calls `expired` when the viewer's token runs out. Returns how to stop. */
export function onExpiry({ expiresAt }: Viewer, expired: () => void): () => void {
  const timer = setTimeout(expired, expiresAt * 1000 - Date.now());
  return () => clearTimeout(timer);
}

/** Why a session ends on an error: credentials that are no good, or anything else, after which the client may come back. */
export function reasonOf(error: unknown): CloseReason {
  const failure = failureOf(error);
  const code = failure.kind === 'operation' ? failure.code : 'INTERNAL';
  return code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED' ? close.authenticationFailed : close.failed;
}
