import { clientReader } from '@kopru/runtime/client.ts';
import { conflict, forbidden, KopruError, notFound, unauthenticated, unavailable } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import {
  type AccountFieldsFragment,
  ChannelMessages,
  CreateInvite,
  DirectChannels,
  JoinServer,
  Login,
  Logout,
  Me,
  OpenDirectChannel,
  SendMessage,
  Servers,
  UpdateProfile,
  UpdateServer,
} from '@kopru/schema/operations/chat-v1.ts';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mount } from '../mount.ts';
import { FakeGraph } from '../testing/graph.ts';
import { openTestGround, type TestGround } from '../testing/ground.ts';
import { chatV1 } from './dialect.ts';
import { routes } from './routes.ts';

const at = '2025-05-11T12:34:56.000Z';
const [self, other, channelId, serverId] = [newId(), newId(), newId(), newId()];
const ada: AccountFieldsFragment = {
  id: self,
  username: 'ada',
  email: 'ada@example.com',
  displayName: 'Ada',
  avatarUrl: null,
  bio: null,
  createdAt: at,
};
const server = { id: serverId, name: 'Köprü', description: null, iconUrl: null, owner: { id: self }, createdAt: at };
const message = {
  id: newId(),
  channel: { id: channelId },
  author: ada,
  content: 'Hello!',
  createdAt: at,
  editedAt: null,
  nonce: null,
  replyTo: null,
};

let ground: TestGround;
let graph: FakeGraph;
let http: FastifyInstance;
let token: string;
beforeEach(async () => {
  ground = await openTestGround();
  token = (await ground.tokens.signAccess(self, newId())).token;
  graph = new FakeGraph();
  http = Fastify();
  const { tokens } = ground;
  mount(http, { prefix: '/api/rest', dialect: chatV1, routes }, { graph, tokens, clientOf: clientReader(false) });
});
afterEach(async () => {
  await http.close();
  await ground.close();
});

async function call(line: string, body?: object) {
  const [method, path] = line.split(' ') as ['GET', string];
  const headers = { authorization: `Bearer ${token}` };
  const answer = await http.inject({ method, url: `/api/rest${path}`, headers, ...(body && { payload: body }) });
  return { status: answer.statusCode, body: answer.json() };
}
const refused = (status: number, error_code: number) => ({ status, body: { error_code } });
const fails = (error: Error) => () => {
  throw error;
};
const asked = () => graph.asked.map(({ variables }) => variables);

test('every row of the document is there, in its order, and two more', () => {
  expect(routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)).toEqual([
    'POST /auth/register',
    'POST /auth/login',
    'POST /auth/logout',
    'POST /auth/refresh',
    'GET /auth/me',
    'GET /servers',
    'POST /servers',
    'GET /servers/{server_id}',
    'PATCH /servers/{server_id}',
    'DELETE /servers/{server_id}',
    'GET /servers/{server_id}/channels',
    'POST /servers/{server_id}/channels',
    'GET /channels/{channel_id}/messages',
    'POST /channels/{channel_id}/messages',
    'DELETE /channels/{channel_id}/messages/{message_id}',
    'GET /users/{user_id}',
    'PATCH /users/{user_id}',
    'GET /users/{user_id}/dm-channels',
    'POST /users/{user_id}/dm-channels',
    'POST /servers/{server_id}/invites',
    'POST /invites/{code}',
  ]);
  const open = routes.filter((route) => route.public).map(({ path }) => path);
  expect(open).toEqual(['/auth/register', '/auth/login', '/auth/refresh']);
});

describe('authentication', () => {
  test('login takes a name or an email', async () => {
    graph.on(Login, () => ({ login: { accessToken: 'a', refreshToken: 'r', expiresIn: 1800, user: ada } }));
    const { body } = await call('POST /auth/login', { username: 'ada', password: 'p' });
    expect(body).toMatchObject({
      msg: 'login success',
      token: 'a',
      access_token: 'a',
      refresh_token: 'r',
      expires_in: 1800,
    });
    expect(body.user).toMatchObject({ id: self, email: 'ada@example.com' });
    await call('POST /auth/login', { email: 'ada@example.com', password: 'p' });
    expect(asked()).toEqual([
      { input: { login: 'ada', password: 'p' } },
      { input: { login: 'ada@example.com', password: 'p' } },
    ]);
    expect(await call('POST /auth/login', { password: 'p' })).toMatchObject(refused(400, 6001));
    expect(await call('POST /auth/login', { username: 'ada', password: 1 })).toMatchObject(refused(400, 7002));
  });

  test('login has the one code for whatever does not match', async () => {
    for (const error of [unauthenticated(), notFound('User')]) {
      graph.on(Login, fails(error));
      expect(await call('POST /auth/login', { username: 'ada', password: 'p' })).toMatchObject(refused(401, 1001));
    }
  });

  test('logout needs no body, and takes the refresh token along', async () => {
    graph.on(Logout, () => ({ logout: { revokedSessionIds: [] } }));
    expect(await call('POST /auth/logout')).toMatchObject({ status: 200, body: { msg: 'logout success' } });
    await call('POST /auth/logout', { refresh_token: 'r' });
    expect(asked()).toEqual([{ input: {} }, { input: { refreshToken: 'r' } }]);
  });

  test('a token of somebody who is gone is a user not found', async () => {
    graph.on(Me, () => ({ viewer: null }));
    expect(await call('GET /auth/me')).toMatchObject(refused(404, 1002));
  });
});

test('servers are listed to the end', async () => {
  graph.on(Servers, ({ after }) => ({
    viewer: {
      id: self,
      servers: {
        edges: [{ node: { ...server, name: after ? 'second' : 'first' } }],
        pageInfo: { hasNextPage: !after, endCursor: after ? 'end' : 'middle' },
      },
    },
  }));
  const { body } = await call('GET /servers');
  expect(body.servers.map((row: { server_name: string }) => row.server_name)).toEqual(['first', 'second']);
  expect(asked()).toEqual([{ after: null }, { after: 'middle' }]);
});

test('a server changes only in what was sent; null takes a text away', async () => {
  graph.on(UpdateServer, () => ({ updateServer: { server } }));
  await call(`PATCH /servers/${serverId}`, { name: 'New', icon_url: null });
  expect(asked()).toEqual([{ input: { serverId, name: 'New', iconUrl: null } }]);
  expect(await call(`PATCH /servers/${serverId}`, { name: null })).toMatchObject(refused(400, 7002));
});

describe('messages', () => {
  const path = `/channels/${channelId}/messages`;

  test('come newest first', async () => {
    const edges = ['old', 'new'].map((content) => ({ node: { ...message, content } }));
    graph.on(ChannelMessages, () => ({ channel: { id: channelId, messages: { edges } } }));
    const { body } = await call(`GET ${path}?limit=2`);
    expect(body.channel_id).toBe(channelId);
    expect(body.messages.map((row: { content: string }) => row.content)).toEqual(['new', 'old']);
    expect(asked()).toEqual([{ channelId, last: 2 }]);
  });

  test('have a code of their own for what is too long, and for what fails', async () => {
    const { author: _, ...sentMessage } = message;
    graph.on(Me, () => ({ viewer: ada }));
    graph.on(SendMessage, () => ({ sendMessage: { message: sentMessage } }));
    const sent = await call(`POST ${path}`, { content: '🌉'.repeat(4000), nonce: 'n', reply_to_id: null });
    expect(sent.body).toMatchObject({
      msg: `message created on channel ${channelId}`,
      message: { id: message.id, author_id: ada.id, username: ada.username, email: ada.email },
    });
    expect(await call(`POST ${path}`, { content: 'x'.repeat(4001) })).toMatchObject(refused(400, 4003));
    expect(graph.asked.map(({ name }) => name)).toEqual(['Me', 'SendMessage']);
    for (const error of [unavailable(), new KopruError('INTERNAL', 'No.')]) {
      graph.on(SendMessage, fails(error));
      expect(await call(`POST ${path}`, { content: 'x' })).toMatchObject(refused(500, 4002));
    }
    graph.on(SendMessage, fails(forbidden('No.', 'Channel')));
    expect(await call(`POST ${path}`, { content: 'x' })).toMatchObject(refused(403, 3002));
  });

  test('are not sent where their author cannot be looked up, so that nobody sends them twice', async () => {
    graph.on(Me, fails(unavailable()));
    graph.on(SendMessage, () => expect.unreachable());
    expect(await call(`POST ${path}`, { content: 'x' })).toMatchObject(refused(500, 4002));
    expect(graph.asked.map(({ name }) => name)).toEqual(['Me']);
  });
});

describe('users', () => {
  test('change themselves alone', async () => {
    graph.on(UpdateProfile, () => ({ updateProfile: { user: ada } }));
    await call(`PATCH /users/${self}`, { display_name: 'A', bio: null });
    expect(asked()).toEqual([{ input: { displayName: 'A', bio: null } }]);
    expect(await call(`PATCH /users/${other}`, { bio: 'was here' })).toMatchObject(refused(403, 5002));
    graph.on(UpdateProfile, fails(conflict('Taken.', 'User')));
    expect(await call(`PATCH /users/${self}`, { username: 'eren' })).toMatchObject(refused(409, 1003));
  });

  test('list their own direct channels alone', async () => {
    const page = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
    graph.on(DirectChannels, () => ({ viewer: { id: self, directChannels: page } }));
    expect(await call(`GET /users/${self}/dm-channels`)).toEqual({ status: 200, body: { dm_channels: [] } });
    expect(await call(`GET /users/${other}/dm-channels`)).toMatchObject(refused(403, 5002));
  });

  test('open a direct channel from their own side, or by the other’s id', async () => {
    const recipients = [ada, { ...ada, id: other, username: 'eren' }];
    const channel = { id: newId(), createdAt: at, recipients };
    graph.on(OpenDirectChannel, () => ({ openDirectChannel: { created: true, channel } }));
    const { body } = await call(`POST /users/${self}/dm-channels`, { recipient_id: other });
    expect(body).toMatchObject({ msg: 'dm channel created', dm_channel: { recipient: { id: other } } });
    await call(`POST /users/${other}/dm-channels`);
    await call(`POST /users/${other}/dm-channels`, { recipient_id: other });
    expect(asked()).toEqual(Array(3).fill({ input: { recipientId: other } }));
    expect(await call(`POST /users/${self}/dm-channels`)).toMatchObject(refused(400, 6001));
    expect(await call(`POST /users/${self}/dm-channels`, { recipient_id: 'eren' })).toMatchObject(refused(400, 6001));
    expect(await call(`POST /users/${other}/dm-channels`, { recipient_id: newId() })).toMatchObject(refused(403, 5002));
  });
});

test('an invite is made, and its code, which is no UUID, joins', async () => {
  const invite = { code: 'a-code', serverId, createdAt: at, expiresAt: null, maxUses: 2, uses: 0 };
  graph.on(CreateInvite, () => ({ createInvite: { invite } })).on(JoinServer, () => ({ joinServer: { server } }));
  const made = await call(`POST /servers/${serverId}/invites`, { max_uses: 2 });
  expect(made.body).toMatchObject({ msg: 'invite created', invite: { code: 'a-code', max_uses: 2 } });
  expect((await call('POST /invites/a-code')).body).toMatchObject({
    msg: 'server joined',
    server: { server_id: serverId },
  });
  expect(asked()).toEqual([{ input: { serverId, maxUses: 2 } }, { input: { code: 'a-code' } }]);
});

test('every id in a path is a UUID', async () => {
  for (const { method, path } of routes.filter(({ path }) => path.includes('_id'))) {
    const answer = await call(`${method} ${path.replaceAll(/:\w+/g, '42')}`, method === 'GET' ? undefined : {});
    expect(answer, path).toMatchObject(refused(400, 7003));
  }
  expect(graph.asked).toEqual([]);
});
