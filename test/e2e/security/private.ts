import type { Person } from '../../client/person.ts';
import { DirectChannelOpened, MessageCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';
import { mutate } from '../stories/operations.ts';

/** A server and a direct channel full of what is private, and whom it is kept from. */
export interface Private {
  readonly owner: Person;
  /** Shares a direct channel with the owner, and nothing else. */
  readonly friend: Person;
  /** In the server, without a role. */
  readonly member: Person;
  /** In nothing. */
  readonly stranger: Person;
  /** Ids of what is there, by the names that arguments have for them. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** What members may read, and nobody else. */
  readonly ofMembers: readonly string[];
  /** What the owner alone may read; some of it shared with one other person. */
  readonly ofOwner: readonly string[];
}

interface Edges {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
}

export async function privateThings(place: Place): Promise<Private> {
  const { owner, member, server_id: serverId, channel_id: channelId, messages } = await place.channel();
  const [stranger, friend, banned] = await Promise.all(
    ['stranger', 'friend', 'banned'].map((name) => place.person(name)),
  );
  if (!stranger || !friend || !banned) throw new Error('Nobody came.');
  const graph = place.graph(owner);
  const secret = (of: string) => `secret ${of} of ${owner.username}`;
  await mutate(graph, 'updateServer', 'UpdateServerInput', { serverId, name: secret('name') }, 'server { id }');
  await mutate(graph, 'updateChannel', 'UpdateChannelInput', { channelId, topic: secret('topic') }, 'channel { id }');
  const { createRole } = await graph.run<{ createRole: { role: { id: string } } }>(
    'mutation ($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }',
    { input: { serverId, name: secret('role') } },
  );
  const ban = { serverId, userId: banned.id, reason: secret('reason') };
  await mutate(graph, 'banMember', 'BanMemberInput', ban, 'ban { reason }');
  const { createInvite } = await graph.run<{ createInvite: { invite: { code: string } } }>(
    'mutation ($input: CreateInviteInput!) { createInvite(input: $input) { invite { code } } }',
    { input: { serverId } },
  );
  const { message } = await owner.rest.post(messages, { content: secret('message') }, MessageCreated);
  const { dm_channel } = await owner.rest.post(`/users/${friend.id}/dm-channels`, undefined, DirectChannelOpened);
  const direct = await owner.rest.post(
    `/channels/${dm_channel.id}/messages`,
    { content: secret('letter') },
    MessageCreated,
  );
  const { createDream } = await graph.run<{ createDream: { dream: { id: string; messages: Edges } } }>(
    'mutation ($input: CreateDreamInput!) { createDream(input: $input) { dream { id messages { edges { node { id } } } } } }',
    { input: { title: secret('dream'), message: secret('night') } },
  );
  const { viewer } = await graph.run<{ viewer: { sessions: { id: string }[] } }>('{ viewer { sessions { id } } }');
  const { startSupportThread } = await graph.run<{ startSupportThread: { thread: { id: string } } }>(
    'mutation ($name: String!) { startSupportThread(input: { displayName: $name }) { thread { id } } }',
    { name: secret('name in a thread').slice(0, 80) },
  );
  const plea = { threadId: startSupportThread.thread.id, text: secret('plea') };
  const { sendSupportMessage } = await graph.run<{ sendSupportMessage: { message: { id: string } } }>(
    'mutation ($input: SendSupportMessageInput!) { sendSupportMessage(input: $input) { message { id } } }',
    { input: plea },
  );
  const sessionIds = viewer.sessions.map(({ id }) => id);
  const users = [owner.id, friend.id, banned.id];
  return {
    owner,
    friend,
    member,
    stranger,
    ids: {
      id: [
        serverId,
        channelId,
        dm_channel.id,
        message.id,
        direct.message.id,
        owner.id,
        createDream.dream.id,
        ...sessionIds,
      ],
      serverId: [serverId],
      channelId: [channelId, dm_channel.id],
      messageId: [message.id, direct.message.id, sendSupportMessage.message.id],
      replyToId: [direct.message.id],
      roleId: [createRole.role.id],
      userId: users,
      ids: users,
      sessionId: sessionIds,
      dreamId: [createDream.dream.id],
      dreamMessageId: createDream.dream.messages.edges.map(({ node }) => node.id),
    },
    ofMembers: ['name', 'topic', 'role', 'message'].map(secret),
    ofOwner: [
      secret('reason'),
      secret('letter'),
      secret('dream'),
      secret('night'),
      createInvite.invite.code,
      owner.email,
      friend.email,
    ],
  };
}
