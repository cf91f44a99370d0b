import {
  ChannelMessages,
  CreateChannel,
  CreateInvite,
  CreateServer,
  DeleteMessage,
  DeleteServer,
  DirectChannels,
  JoinServer,
  Login,
  Logout,
  Me,
  OpenDirectChannel,
  RefreshSession,
  Register,
  SendMessage,
  Server,
  ServerChannels,
  Servers,
  UpdateProfile,
  UpdateServer,
  User,
} from '@kopru/schema/operations/chat-v1.ts';
import { found } from '../operation.ts';
import { listRoute, type Route, route } from '../route.ts';
import { legacyError } from './errors.ts';
import { messagePaging } from './paging.ts';
import { credentials, onlySelf, recipientOf } from './requests.ts';
import { account, channel, directChannel, invite, message, server, tokens } from './shapes.ts';

/** The longest message, in characters. The graph has the rule; here it has a code of its own. */
const longestMessage = 4_000;
/** The largest GraphQL Int. */
const largestInteger = 2 ** 31 - 1;

/** The document's endpoints in its order, then the two it lacks: without invites nobody could join a server. */
export const routes: readonly Route[] = [
  // Authentication
  route('POST /auth/register', Register, {
    public: true,
    variables: ({ body }) => ({
      input: { username: body.text('username'), email: body.text('email'), password: body.text('password') },
    }),
    reply: ({ register }) => ({ msg: 'register success', ...tokens(register), user: account(register.user) }),
  }),
  route('POST /auth/login', Login, {
    public: true,
    variables: ({ body }) => ({ input: credentials(body) }),
    reply: ({ login }) => ({ msg: 'login success', ...tokens(login), user: account(login.user) }),
    // An unknown user and a wrong password are the same to whoever asks.
    errors: {
      UNAUTHENTICATED: legacyError('AUTH_INVALID_CREDENTIALS'),
      NOT_FOUND: legacyError('AUTH_INVALID_CREDENTIALS'),
    },
  }),
  route('POST /auth/logout', Logout, {
    variables: ({ body }) => ({ input: { refreshToken: body.nullableText('refresh_token') } }),
    reply: () => ({ msg: 'logout success' }),
  }),
  route('POST /auth/refresh', RefreshSession, {
    public: true,
    variables: ({ body }) => ({ input: { refreshToken: body.text('refresh_token') } }),
    reply: ({ refreshSession }) => ({ msg: 'refresh success', ...tokens(refreshSession) }),
  }),
  route('GET /auth/me', Me, {
    reply: ({ viewer }) => account(found(viewer, 'User')),
    errors: { NOT_FOUND: legacyError('AUTH_USER_NOT_FOUND') },
  }),

  // Servers
  listRoute('GET /servers', Servers, {
    variables: (_request, after) => ({ after }),
    page: ({ viewer }) => found(viewer?.servers, 'User'),
    reply: (servers) => ({ servers: servers.map(server) }),
  }),
  route('POST /servers', CreateServer, {
    variables: ({ body }) => ({
      input: {
        name: body.text('name'),
        description: body.nullableText('description'),
        iconUrl: body.nullableText('icon_url'),
      },
    }),
    reply: ({ createServer }) => ({
      msg: 'server created',
      server_id: createServer.server.id,
      server: server(createServer.server),
    }),
  }),
  route('GET /servers/:server_id', Server, {
    variables: ({ params }) => ({ serverId: params.server_id }),
    reply: (data) => server(found(data.server, 'Server')),
  }),
  route('PATCH /servers/:server_id', UpdateServer, {
    variables: ({ params, body }) => ({
      input: {
        serverId: params.server_id,
        name: body.optionalText('name'),
        description: body.nullableText('description'),
        iconUrl: body.nullableText('icon_url'),
      },
    }),
    reply: ({ updateServer }) => ({ msg: 'server updated', server: server(updateServer.server) }),
  }),
  route('DELETE /servers/:server_id', DeleteServer, {
    variables: ({ params }) => ({ input: { serverId: params.server_id } }),
    reply: () => ({ msg: 'server deleted' }),
  }),

  // Channels
  route('GET /servers/:server_id/channels', ServerChannels, {
    variables: ({ params }) => ({ serverId: params.server_id }),
    reply: (data, { params }) => ({
      server_id: params.server_id,
      channels: found(data.server, 'Server').channels.map(channel),
    }),
  }),
  route('POST /servers/:server_id/channels', CreateChannel, {
    variables: ({ params, body }) => ({
      input: { serverId: params.server_id, name: body.text('name'), topic: body.nullableText('topic') },
    }),
    reply: ({ createChannel }, { params }) => ({
      msg: `channel created on server ${params.server_id}`,
      channel: channel(createChannel.channel),
    }),
  }),

  // Messages
  route('GET /channels/:channel_id/messages', ChannelMessages, {
    variables: ({ params, query }) => ({ channelId: params.channel_id, ...messagePaging(query) }),
    reply: (data, { params }) => ({
      channel_id: params.channel_id,
      messages: found(data.channel?.messages, 'Channel')
        .edges.map(({ node }) => message(node))
        .reverse(),
    }),
  }),
  route('POST /channels/:channel_id/messages', SendMessage, {
    variables: ({ params, body }) => ({
      input: {
        channelId: params.channel_id,
        content: body.text('content', longestMessage),
        nonce: body.nullableText('nonce'),
        replyToId: body.nullableText('reply_to_id'),
      },
    }),
    before: async (run) => found((await run(Me, {})).viewer, 'User'),
    reply: ({ sendMessage }, { params }, author) => ({
      msg: `message created on channel ${params.channel_id}`,
      message: message({ ...sendMessage.message, author }),
    }),
    errors: { INTERNAL: legacyError('MESSAGE_SEND_FAILED'), UNAVAILABLE: legacyError('MESSAGE_SEND_FAILED') },
  }),
  route('DELETE /channels/:channel_id/messages/:message_id', DeleteMessage, {
    variables: ({ params }) => ({ input: { channelId: params.channel_id, messageId: params.message_id } }),
    reply: () => ({ msg: 'message deleted' }),
  }),

  // Users
  route('GET /users/:user_id', User, {
    variables: ({ params }) => ({ userId: params.user_id }),
    reply: ({ user }) => account(found(user, 'User')),
  }),
  route('PATCH /users/:user_id', UpdateProfile, {
    variables: ({ params, body, viewer }) => {
      onlySelf(params.user_id, viewer);
      return {
        input: {
          username: body.optionalText('username'),
          email: body.optionalText('email'),
          displayName: body.nullableText('display_name'),
          avatarUrl: body.nullableText('avatar_url'),
          bio: body.nullableText('bio'),
        },
      };
    },
    reply: ({ updateProfile }) => ({ msg: 'user updated', user: account(updateProfile.user) }),
  }),

  // DM Channels
  listRoute('GET /users/:user_id/dm-channels', DirectChannels, {
    variables: ({ params, viewer }, after) => {
      onlySelf(params.user_id, viewer);
      return { after };
    },
    page: ({ viewer }) => found(viewer?.directChannels, 'User'),
    reply: (channels, { viewer }) => ({ dm_channels: channels.map((node) => directChannel(node, viewer.userId)) }),
  }),
  route('POST /users/:user_id/dm-channels', OpenDirectChannel, {
    variables: ({ params, body, viewer }) => ({ input: { recipientId: recipientOf(params.user_id, body, viewer) } }),
    reply: ({ openDirectChannel }, { viewer }) => ({
      msg: openDirectChannel.created ? 'dm channel created' : 'dm channel exists',
      dm_channel: directChannel(openDirectChannel.channel, viewer.userId),
    }),
  }),

  // Not in the document
  route('POST /servers/:server_id/invites', CreateInvite, {
    variables: ({ params, body }) => ({
      input: {
        serverId: params.server_id,
        maxUses: body.optionalInteger('max_uses', 1, largestInteger),
        expiresInSeconds: body.optionalInteger('expires_in', 1, largestInteger),
      },
    }),
    reply: ({ createInvite }) => ({ msg: 'invite created', invite: invite(createInvite.invite) }),
  }),
  route('POST /invites/:code', JoinServer, {
    variables: ({ params }) => ({ input: { code: params.code } }),
    reply: ({ joinServer }) => ({ msg: 'server joined', server: server(joinServer.server) }),
  }),
];
