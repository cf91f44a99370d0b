import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type SupportOptions, SupportSocket } from './client/support.ts';
import type { Place } from './place.ts';

/** Where the support chat is, at one of its processes. */
export function supportUrl({ installation: { rest } }: Place, at = 0): string {
  return new URL(rest[at % rest.length] ?? rest[0]).origin;
}

/** A call of the support chat over HTTP, as it came; redirects are not followed. */
export async function callSupport(
  place: Place,
  method: string,
  path: string,
  { headers = {}, json, at = 0 }: { headers?: Record<string, string>; json?: unknown; at?: number } = {},
) {
  const answer = await fetch(supportUrl(place, at) + path, {
    method,
    redirect: 'manual',
    headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
}

/** The cookie of an agent who has just signed in by a code; every call is a session of its own. */
export async function signIn(place: Place, at = 0): Promise<string> {
  const { body } = await callSupport(place, 'POST', '/request-otp', { json: {}, at });
  const answer = await callSupport(place, 'POST', '/verify-otp', { json: { otp: body.otp }, at });
  const [cookie] = answer.headers.getSetCookie();
  if (!cookie) throw new Error(`The agent was not signed in: ${JSON.stringify([body, answer.body])}`);
  return cookie.split(';', 1)[0] ?? '';
}

const sessions = new WeakMap<Place, Promise<string>>();

/** The cookie of a session that the stories of a place share: an address may ask for five codes in fifteen minutes. */
export function agentCookie(place: Place): Promise<string> {
  const session = sessions.get(place) ?? signIn(place);
  sessions.set(place, session);
  return session;
}

/** A client that is closed when the test ends, and has said nothing yet. */
export function openSupport(place: Place, options: SupportOptions = {}, at = 0): SupportSocket {
  const socket = new SupportSocket(supportUrl(place, at), options);
  onTestFinished(() => socket.close());
  return socket;
}

export type Visitor = SupportSocket & { readonly threadId: string };

/** Somebody who has begun a thread, under a name of their own. */
export async function joinSupport(place: Place, options: SupportOptions = {}, at = 0): Promise<Visitor> {
  const name = `Ahmet ${randomUUID().slice(0, 8)}`;
  const socket = openSupport(place, { name, ...options }, at);
  socket.emit('join', { display_name: name });
  const { thread_id } = await socket.hears('joined');
  return Object.assign(socket, { threadId: String(thread_id) });
}

/** An agent who listens. */
export async function joinAgents(
  place: Place,
  cookie: string,
  options: SupportOptions = {},
  at = 0,
): Promise<SupportSocket> {
  const socket = openSupport(place, { name: 'An agent', ...options, headers: { cookie } }, at);
  const answer = await socket.call('admin_join');
  if (answer.error) throw new Error(`The agent was not let in: ${JSON.stringify(answer.error)}`);
  return socket;
}
