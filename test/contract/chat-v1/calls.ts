import { type Person, unique } from '../../client/person.ts';
import { DirectChannelOpened, Invited, MessageCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';
import type { additions, ErrorCode, endpoints } from '../inventory.ts';

export type Endpoint = (typeof endpoints | typeof additions)[number];

/** Two people in a server, with a channel, a message and a direct channel, and somebody who is in none of it. */
export interface World {
  readonly owner: Person;
  readonly member: Person;
  readonly stranger: Person;
  readonly ids: Readonly<Record<'server_id' | 'channel_id' | 'message_id' | 'user_id', string>>;
  /** Of an invite to the server. */
  readonly code: string;
}

export async function world(place: Place): Promise<World> {
  const { owner, member, server_id, channel_id, messages } = await place.channel();
  const stranger = await place.person('stranger');
  const { message } = await owner.rest.post(messages, { content: 'the first' }, MessageCreated);
  await owner.rest.post(`/users/${member.id}/dm-channels`, undefined, DirectChannelOpened);
  const { invite } = await owner.rest.post(`/servers/${server_id}/invites`, undefined, Invited);
  const ids = { server_id, channel_id, message_id: message.id, user_id: owner.id };
  return { owner, member, stranger, ids, code: invite.code };
}

interface Field {
  readonly required: boolean;
  /** A value too long for it. */
  readonly tooLong?: string;
  /** The error for that, where it is not 6001. */
  readonly tooLongCode?: ErrorCode;
  /** A text that does not read as one. */
  readonly malformed?: string;
  /** Values of types that it does not take; the usual ones for a text where this is absent. */
  readonly wrong?: readonly unknown[];
}

/** How an endpoint is called by the owner of the world, and what may be wrong with a call. */
export interface EndpointCall {
  /** Served to anybody. */
  readonly open?: true;
  /** A body that is good; may be sent more than once. */
  readonly body?: (world: World) => object;
  readonly fields?: Readonly<Record<string, Field>>;
  /** Errors for the stranger. None where it serves them too. */
  readonly denied?: readonly ErrorCode[];
}

const long = 'x'.repeat(5_000);
const password: Field = { required: true, tooLong: 'x'.repeat(100_000) };
const name: Field = { required: true, tooLong: long };
const email: Field = { required: true, tooLong: `${long}@example.com`, malformed: 'not an address' };
const count: Field = { required: false, wrong: ['1', true, {}, [], 0, -1, 1.5, 2 ** 53] };
const optional = (field: Field): Field => ({ ...field, required: false });
const serverDenied = [5002] as const;
const channelDenied = [3002] as const;
const notOneself = [3002, 5002] as const;

export const calls: Readonly<Record<Endpoint, EndpointCall>> = {
  'POST /auth/register': {
    open: true,
    body: () => ({ username: unique('new'), email: `${unique('new')}@example.com`, password: 'a long enough phrase' }),
    fields: { username: name, email, password },
  },
  'POST /auth/login': {
    open: true,
    body: ({ owner: { username, password } }) => ({ username, password }),
    fields: { username: { required: true }, password: { required: true } },
  },
  'POST /auth/refresh': {
    open: true,
    body: ({ stranger }) => ({ refresh_token: stranger.refreshToken }),
    fields: { refresh_token: { required: true } },
  },
  'GET /auth/me': {},
  'GET /servers': {},
  'POST /servers': { body: () => ({ name: 'another' }), fields: { name } },
  'GET /servers/{server_id}': { denied: serverDenied },
  'PATCH /servers/{server_id}': {
    body: () => ({ name: 'Köprü' }),
    fields: { name: optional(name) },
    denied: serverDenied,
  },
  'GET /servers/{server_id}/channels': { denied: serverDenied },
  'POST /servers/{server_id}/channels': {
    body: () => ({ name: unique('channel') }),
    fields: { name },
    denied: [5002, 3002],
  },
  'GET /channels/{channel_id}/messages': { denied: channelDenied },
  'POST /channels/{channel_id}/messages': {
    body: () => ({ content: 'hello' }),
    fields: {
      content: { required: true, tooLong: long, tooLongCode: 4003 },
      nonce: { required: false, tooLong: long },
    },
    denied: channelDenied,
  },
  'GET /users/{user_id}': {},
  'PATCH /users/{user_id}': {
    body: () => ({ bio: 'Builds bridges.' }),
    fields: {
      username: optional(name),
      email: optional(email),
      display_name: { required: false, tooLong: long },
      avatar_url: { required: false, tooLong: `https://example.com/${long}`, malformed: 'javascript:alert(1)' },
      bio: { required: false, tooLong: 'x'.repeat(100_000) },
    },
    denied: notOneself,
  },
  'GET /users/{user_id}/dm-channels': { denied: notOneself },
  'POST /users/{user_id}/dm-channels': {
    body: ({ member }) => ({ recipient_id: member.id }),
    fields: { recipient_id: { required: false, malformed: 'not an id' } },
  },
  'POST /servers/{server_id}/invites': { fields: { max_uses: count, expires_in: count }, denied: serverDenied },
  'POST /invites/{code}': {},
  // The last three end what the others need.
  'DELETE /channels/{channel_id}/messages/{message_id}': { denied: channelDenied },
  'DELETE /servers/{server_id}': { denied: serverDenied },
  'POST /auth/logout': {},
};

/** The errors for an id that nobody has. */
export const unknownId: Readonly<Record<keyof World['ids'], readonly [ErrorCode, ...ErrorCode[]]>> = {
  server_id: [5001],
  channel_id: [3001],
  message_id: [4001],
  user_id: [2001, 3002, 5002],
};

export const methodOf = (endpoint: Endpoint): string => endpoint.slice(0, endpoint.indexOf(' '));

/** The path of an endpoint in a world, with other ids where `instead` has them. */
export const pathOf = (endpoint: Endpoint, { ids, code }: World, instead: Partial<World['ids']> = {}): string =>
  endpoint
    .slice(endpoint.indexOf(' ') + 1)
    .replace('{code}', code)
    .replace(/\{(\w+_id)\}/g, (_, id: keyof World['ids']) => instead[id] ?? ids[id]);

export const idsIn = (endpoint: Endpoint): (keyof World['ids'])[] =>
  [...endpoint.matchAll(/\{(\w+_id)\}/g)].map(([, id]) => id as keyof World['ids']);
