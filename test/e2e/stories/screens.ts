import { expect, test } from 'vitest';
import { DirectChannelOpened, MessageCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';
import { mutate } from './operations.ts';

const person = 'id username displayName avatarUrl';
const paging = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/** What a chat client shows, at the sizes of its longest pages. */
const documents = {
  servers: /* GraphQL */ `query Servers {
    viewer {
      id
      servers(first: 100) {
        totalCount
        edges { node { id name iconUrl viewerPermissions channels { id name position unreadCount lastMessage { id createdAt } } } }
        ${paging}
      }
    }
  }`,
  channel: /* GraphQL */ `query Channel($channelId: ID!, $before: String) {
    channel(id: $channelId) {
      id name topic viewerPermissions unreadCount lastReadMessageId
      server { id name }
      typing { ${person} }
      messages(last: 50, before: $before) {
        edges {
          cursor
          node {
            id content nonce createdAt editedAt
            author { ${person} active presence { status customStatus } }
            replyTo { id content author { ${person} } }
          }
        }
        ${paging}
      }
    }
  }`,
  members: /* GraphQL */ `query Members($serverId: ID!, $after: String) {
    server(id: $serverId) {
      id memberCount
      owner { id }
      roles { id name color position permissions isDefault }
      members(first: 100, after: $after) {
        edges { node { id nickname joinedAt roles { id } user { ${person} presence { status customStatus } } } }
        ${paging}
      }
    }
  }`,
  directChannels: /* GraphQL */ `query DirectChannels($after: String) {
    viewer {
      id
      directChannels(first: 100, after: $after) {
        totalCount
        edges {
          node {
            id unreadCount
            recipients { ${person} presence { status } }
            lastMessage { id content createdAt author { id displayName } }
          }
        }
        ${paging}
      }
    }
  }`,
  profile: /* GraphQL */ `query Profile($userId: ID!, $serverId: ID!) {
    user(id: $userId) { ${person} bio active createdAt presence { status customStatus } }
    server(id: $serverId) { member(userId: $userId) { nickname joinedAt permissions roles { id name color } } }
  }`,
  invite: /* GraphQL */ `query Invite($code: ID!) {
    invite(code: $code) { code serverId serverName memberCount expiresAt maxUses uses inviter { ${person} } }
  }`,
  serverSettings: /* GraphQL */ `query ServerSettings($serverId: ID!) {
    server(id: $serverId) {
      id name description iconUrl createdAt updatedAt viewerPermissions
      invites { code createdAt expiresAt maxUses uses inviter { ${person} } }
      bans(first: 100) { totalCount edges { node { reason createdAt user { ${person} } bannedBy { ${person} } } } ${paging} }
      roles { id name color position permissions isDefault }
      channels { id name topic position }
    }
  }`,
  settings: /* GraphQL */ `query Settings {
    viewer {
      ${person} email bio createdAt updatedAt
      presence { status customStatus }
      sessions { id device address createdAt lastSeenAt expiresAt current }
    }
  }`,
};

/** A chat client's screens, and what is left of them where a part is refused. */
export function screens(place: Place): void {
  test('each screen of a chat client is one query', async () => {
    const { owner, member, server_id: serverId, channel_id: channelId, messages } = await place.channel();
    const graph = place.graph(owner, 1);
    const { createRole } = await graph.run<{ createRole: { role: { id: string } } }>(
      'mutation R($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }',
      { input: { serverId, name: 'captain', color: '#123456' } },
    );
    const role = { serverId, userId: member.id, roleId: createRole.role.id };
    await mutate(graph, 'assignRole', 'AssignRoleInput', role, 'member { id }');
    const nickname = { serverId, nickname: 'Kaptan' };
    await mutate(place.graph(member), 'updateMember', 'UpdateMemberInput', nickname, 'member { id }');
    const connection = { connectionId: `screens-${member.id}` };
    await mutate(place.graph(member), 'openConnection', 'OpenConnectionInput', connection, 'expiresAt');
    const { message: first } = await owner.rest.post(messages, { content: 'Merhaba' }, MessageCreated);
    const answer = { content: 'Merhaba!', reply_to_id: first.id };
    const { message: last } = await member.rest.post(messages, answer, MessageCreated);
    const { dm_channel } = await member.rest.post(`/users/${owner.id}/dm-channels`, undefined, DirectChannelOpened);
    await member.rest.post(`/channels/${dm_channel.id}/messages`, { content: 'Psst' }, MessageCreated);

    expect(await graph.run(documents.servers)).toMatchObject({
      viewer: {
        servers: {
          totalCount: 1,
          edges: [
            { node: { id: serverId, channels: [{ id: channelId, unreadCount: 1, lastMessage: { id: last.id } }] } },
          ],
        },
      },
    });
    expect(await graph.run(documents.channel, { channelId })).toMatchObject({
      channel: {
        server: { id: serverId },
        typing: [],
        messages: {
          edges: [
            { node: { id: first.id, author: { username: owner.username, presence: { status: 'OFFLINE' } } } },
            {
              node: { id: last.id, author: { presence: { status: 'ONLINE' } }, replyTo: { author: { id: owner.id } } },
            },
          ],
          pageInfo: { hasPreviousPage: false, startCursor: first.id },
        },
      },
    });
    expect(await graph.run(documents.members, { serverId })).toMatchObject({
      server: {
        memberCount: 2,
        roles: [{ name: 'captain', color: '#123456' }, { name: '@everyone' }],
        members: {
          edges: [
            { node: { nickname: null, roles: [], user: { id: owner.id, presence: { status: 'OFFLINE' } } } },
            {
              node: {
                nickname: 'Kaptan',
                roles: [createRole.role],
                user: { id: member.id, presence: { status: 'ONLINE' } },
              },
            },
          ],
        },
      },
    });
    expect(await graph.run(documents.directChannels)).toMatchObject({
      viewer: {
        directChannels: {
          edges: [{ node: { unreadCount: 1, lastMessage: { content: 'Psst', author: { id: member.id } } } }],
        },
      },
    });
    expect(await graph.run(documents.profile, { userId: member.id, serverId })).toMatchObject({
      user: { id: member.id, presence: { status: 'ONLINE' } },
      server: { member: { nickname: 'Kaptan', roles: [{ name: 'captain' }] } },
    });
    const { server } = await graph.run<{ server: { invites: { code: string }[] } }>(documents.serverSettings, {
      serverId,
    });
    const [{ code } = { code: '' }] = server.invites;
    expect(await graph.run(documents.invite, { code })).toMatchObject({
      invite: { serverName: 'Köprü', memberCount: 2, inviter: { id: owner.id } },
    });
    expect(await graph.run(documents.settings)).toMatchObject({
      viewer: { email: owner.email, sessions: [{ current: true }] },
    });
  });

  test('what is refused is missing, and the rest is there', async () => {
    const { member, server_id: serverId } = await place.channel();
    const { data, errors } = await place.graph(member).send(documents.serverSettings, { serverId });
    expect(data).toMatchObject({
      server: { name: 'Köprü', invites: null, bans: null, roles: [{ name: '@everyone' }] },
    });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  test('a sign-in brings the first screen with it', async () => {
    const { username, password } = await place.person();
    const { data, errors } = await place.graph().send(
      `mutation L($input: LoginInput!) {
        login(input: $input) { accessToken user { username presence { status } servers { totalCount } } }
      }`,
      { input: { login: username, password } },
    );
    expect(data).toEqual({
      login: {
        accessToken: expect.any(String),
        user: { username, presence: { status: 'OFFLINE' }, servers: { totalCount: 0 } },
      },
    });
    expect(errors).toBeUndefined();
  });
}
