import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { isAudience, topic } from '@kopru/schema/events.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAudience, asService, soleError, TestCommunity, type TestServer } from '../testing/community.ts';

const selection = `{ __typename
  ... on ServerUpdated { server { id name } } ... on ServerDeleted { serverId }
  ... on ChannelCreated { channel { id name server { id } } } ... on ChannelUpdated { channel { id name } }
  ... on ChannelDeleted { channelId serverId } ... on MemberAdded { server { id name } user { id } }
  ... on MemberUpdated { serverId user { id } } ... on MemberRemoved { serverId user { id } reason }
  ... on RolesChanged { serverId } ... on DirectChannelOpened { channel { id type recipients { id } } }
}`;
const ofServer = `subscription ($serverId: ID!) { serverEvents(serverId: $serverId) ${selection} }`;
const ofMemberships = `subscription { membershipEvents ${selection} }`;
const ofViewer = `subscription { viewerServerEvents ${selection} }`;
const serverTypes = [
  'server.updated',
  'server.deleted',
  'channel.created',
  'channel.updated',
  'channel.deleted',
  'member.added',
  'member.updated',
  'member.removed',
  'roles.changed',
];

/** Everybody who listens to the topics of an event. */
const audienceOf = ({ topics }: LogEvent) => asAudience(...topics.filter(isAudience));

describe.each(backends)('events on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  /** What `work` makes happen: its first event of a type, once it is in the log. */
  const happening = async (type: string, topics: string[], work: () => Promise<unknown>): Promise<LogEvent> => {
    const events = await community.graph.record(...topics);
    await work();
    await expect.poll(() => events.find((event) => event.type === type)).toBeDefined();
    return events.find((event) => event.type === type) as LogEvent;
  };
  /** The event as everybody who listens to its topics sees it. */
  const seen = async (event: LogEvent) => {
    const { data, errors } = await community.graph.project(event, ofViewer, {}, audienceOf(event));
    expect(errors).toBeUndefined();
    return data?.viewerServerEvents;
  };
  const ofOwner = (server: TestServer, mutation: string, input: object, fields = '__typename') =>
    community.change(server.owner, mutation, input, fields);

  it('listens to one server, for members', async () => {
    const server = await community.server();
    const member = await community.member(server);
    expect(await community.graph.handshake(ofServer, { serverId: server.id }, member)).toEqual({
      grant: {
        topics: [`server:${server.id}`],
        types: serverTypes,
        recheckOn: [`access:server:${server.id}`, `access:user:${member}`],
      },
    });
    const refused = async (serverId: string, as?: string) => {
      const answer = await community.graph.handshake(ofServer, { serverId }, as);
      return 'errors' in answer ? soleError(answer as never) : 'granted';
    };
    expect(await refused(server.id, newId())).toBe('FORBIDDEN Server');
    expect(await refused(newId(), member)).toBe('NOT_FOUND Server');
    expect(await refused(server.id)).toBe('UNAUTHENTICATED');
    await ofOwner(server, 'kickMember', { serverId: server.id, userId: member });
    expect(await refused(server.id, member)).toBe('FORBIDDEN Server');
    await ofOwner(server, 'deleteServer', { serverId: server.id });
    expect(await refused(server.id, server.owner)).toBe('NOT_FOUND Server');
  });

  it('listens to all servers of the viewer', async () => {
    const userId = newId();
    const [first, second] = [await community.server(userId), await community.server(userId)];
    expect(await community.graph.handshake(ofViewer, {}, userId)).toEqual({
      grant: {
        topics: [`user:${userId}`, `server:${first.id}`, `server:${second.id}`],
        types: [...serverTypes, 'direct-channel.opened'],
        recheckOn: [`access:user:${userId}`, `access:server:${first.id}`, `access:server:${second.id}`],
      },
    });
    expect('errors' in (await community.graph.handshake(ofViewer))).toBe(true);
  });

  it('listens to the memberships of everybody, for services', async () => {
    expect(await community.graph.handshake(ofMemberships, {}, asService)).toEqual({
      grant: {
        topics: ['memberships'],
        types: ['member.added', 'member.removed', 'server.deleted', 'direct-channel.opened'],
        recheckOn: [],
      },
    });
    for (const as of [newId(), undefined])
      expect(soleError((await community.graph.handshake(ofMemberships, {}, as)) as never)).toBe('FORBIDDEN');

    const happened = await community.graph.record(topic.memberships);
    const server = await community.server();
    const member = await community.member(server);
    const { id: channelId, one, other } = await community.direct(member);
    await ofOwner(server, 'kickMember', { serverId: server.id, userId: member });
    await ofOwner(server, 'deleteServer', { serverId: server.id });
    await expect.poll(() => happened).toHaveLength(5);
    const shown = await Promise.all(
      happened.map((event) => community.graph.project(event, ofMemberships, {}, asService)),
    );
    const events = shown.map(({ data }) => data?.membershipEvents);
    // Whoever serves many people hears of all of it, though the server is gone by now.
    expect(events.map((event) => event?.__typename ?? null)).toEqual([
      null,
      null,
      'DirectChannelOpened',
      'MemberRemoved',
      'ServerDeleted',
    ]);
    const recipients = [one, other].sort().map((id) => ({ id }));
    expect(events[2]).toMatchObject({ channel: { id: channelId, recipients: expect.arrayContaining(recipients) } });
    expect(events[3]).toMatchObject({ serverId: server.id, user: { id: member }, reason: 'KICKED' });
    expect(events[4]).toMatchObject({ serverId: server.id });

    const lasting = await community.server();
    await expect.poll(() => happened).toHaveLength(6);
    const [event] = happened.slice(5) as [LogEvent];
    const added = await community.graph.project(event, ofMemberships, {}, audienceOf(event));
    expect(added.data?.membershipEvents).toEqual({
      __typename: 'MemberAdded',
      server: { id: lasting.id, name: 'Home' },
      user: { id: lasting.owner },
    });
  });

  it('shows each event to everybody alike', async () => {
    const server = await community.server();
    const { id } = server;
    const topics = [topic.server(id)];
    const member = await community.member(server);
    const roleId = await community.role(server);

    const updated = await happening('server.updated', topics, () =>
      ofOwner(server, 'updateServer', { serverId: id, name: 'New' }),
    );
    expect(await seen(updated)).toEqual({ __typename: 'ServerUpdated', server: { id, name: 'New' } });

    const created = await happening('channel.created', topics, () => community.channel(server, 'news'));
    const channelId = created.payload.channelId;
    const channel = { id: channelId, name: 'news', server: { id } };
    expect(await seen(created)).toEqual({ __typename: 'ChannelCreated', channel });

    const renamed = await happening('channel.updated', topics, () =>
      ofOwner(server, 'updateChannel', { channelId, name: 'old' }),
    );
    expect(await seen(renamed)).toEqual({ __typename: 'ChannelUpdated', channel: { id: channelId, name: 'old' } });

    const deleted = await happening('channel.deleted', topics, () => ofOwner(server, 'deleteChannel', { channelId }));
    expect(await seen(deleted)).toEqual({ __typename: 'ChannelDeleted', channelId, serverId: id });

    const role = { serverId: id, userId: member, roleId };
    const changed = await happening('member.updated', topics, () => ofOwner(server, 'assignRole', role));
    expect(await seen(changed)).toEqual({ __typename: 'MemberUpdated', serverId: id, user: { id: member } });

    const roles = await happening('roles.changed', topics, () => ofOwner(server, 'deleteRole', { roleId }));
    expect(await seen(roles)).toEqual({ __typename: 'RolesChanged', serverId: id });

    const added = await happening('member.added', topics, () => community.member(server));
    const newcomer = added.payload.userId as string;
    expect(await seen(added)).toEqual({
      __typename: 'MemberAdded',
      server: { id, name: 'New' },
      user: { id: newcomer },
    });

    const removed = await happening('member.removed', topics, () =>
      ofOwner(server, 'banMember', { serverId: id, userId: newcomer }),
    );
    const user = { id: newcomer };
    expect(await seen(removed)).toEqual({ __typename: 'MemberRemoved', serverId: id, user, reason: 'BANNED' });

    const [one, other] = [newId(), newId()];
    const opened = await happening('direct-channel.opened', [topic.user(one)], () => community.direct(one, other));
    expect(await seen(opened)).toMatchObject({ __typename: 'DirectChannelOpened', channel: { type: 'DIRECT' } });

    const gone = await happening('server.deleted', topics, () => ofOwner(server, 'deleteServer', { serverId: id }));
    expect(await seen(gone)).toEqual({ __typename: 'ServerDeleted', serverId: id });
  });

  it('shows one server its events the same way', async () => {
    const server = await community.server();
    const { id } = server;
    const event = await happening('server.updated', [topic.server(id)], () =>
      ofOwner(server, 'updateServer', { serverId: id, name: 'New' }),
    );
    const shown = { data: { serverEvents: { __typename: 'ServerUpdated', server: { id, name: 'New' } } } };
    expect(await community.graph.project(event, ofServer, { serverId: id }, audienceOf(event))).toEqual(shown);
    expect(await community.graph.project(event, ofServer, { serverId: id }, server.owner)).toEqual(shown);
    const stranger = await community.graph.project(event, ofServer, { serverId: id }, newId());
    expect(soleError(stranger)).toBe('FORBIDDEN Server');
  });

  it('asks for the viewer where the audience cannot know', async () => {
    const server = await community.server();
    const event = await happening('server.updated', [topic.server(server.id)], () =>
      ofOwner(server, 'updateServer', { serverId: server.id, name: 'New' }),
    );
    const query = 'subscription { viewerServerEvents { ... on ServerUpdated { server { viewerPermissions } } } }';
    expect(soleError(await community.graph.project(event, query, {}, audienceOf(event)))).toBe('VIEWER_REQUIRED');
    const { data } = await community.graph.project(event, query, {}, server.owner);
    expect(data?.viewerServerEvents.server.viewerPermissions).toBe('1023');
  });

  it('cannot show what has gone since, but still says the rest', async () => {
    const server = await community.server();
    const topics = [topic.server(server.id)];
    const created = await happening('channel.created', topics, () => community.channel(server, 'brief'));
    const added = await happening('member.added', topics, () => community.member(server));
    await ofOwner(server, 'deleteChannel', { channelId: created.payload.channelId });
    const audience = audienceOf(created);
    expect(soleError(await community.graph.project(created, ofViewer, {}, audience))).toBe('NOT_FOUND Channel');
    const name = 'subscription { viewerServerEvents { __typename ... on ChannelDeleted { channelId } } }';
    expect(await community.graph.project(created, name, {}, audience)).toEqual({
      data: { viewerServerEvents: { __typename: 'ChannelCreated' } },
    });
    await ofOwner(server, 'deleteServer', { serverId: server.id });
    expect(soleError(await community.graph.project(added, ofViewer, {}, audienceOf(added)))).toBe('NOT_FOUND Server');
  });

  it('keeps what happened in the order it was done', async () => {
    const server = await community.server();
    const events = await community.record(server.id);
    const names = Array.from({ length: 10 }, (_, index) => `channel ${index}`);
    await Promise.all(names.map((name) => community.channel(server, name)));
    await expect.poll(() => events).toHaveLength(20);
    const query = 'query ($id: ID!) { server(id: $id) { channels { id } } }';
    const { channels } = (await community.run(query, { id: server.id }, server.owner)).server;
    const told = events.flatMap(({ type, payload }) => (type === 'channel.created' ? [payload.channelId] : []));
    expect(told).toEqual(channels.slice(1).map(({ id }: { id: string }) => id));
  });
});
