import { newId } from '@kopru/runtime/ids.ts';
import { topic } from '@kopru/schema/events.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAudience, asService, bits, soleError, TestCommunity, type TestServer } from '../testing/community.ts';

const entities = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Server { id name } ... on Channel { id topic } ... on User { id }
} }`;
const channels = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Server { channels { id } } } }`;
type As = Parameters<TestCommunity['run']>[2];

describe.each(backends)('access on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  /** `yes` where the reader gets the entity, else the error. */
  const reads = async (as: As, type: 'Server' | 'Channel' | 'User', id: string): Promise<string> => {
    const answer = await community.graph.execute(entities, { of: [{ __typename: type, id }] }, as);
    if (!answer.errors) return answer.data?._entities[0].id === id ? 'yes' : 'another';
    expect(answer.data?._entities).toEqual([null]);
    return soleError(answer);
  };
  const listsChannels = async (as: As, { id }: TestServer): Promise<string> => {
    const answer = await community.graph.execute(channels, { of: [{ __typename: 'Server', id }] }, as);
    return answer.errors ? soleError(answer) : String(answer.data?._entities[0].channels.length);
  };

  it('finds entities for those who may read them', async () => {
    const server = await community.server();
    const member = await community.member(server);
    const direct = await community.direct();
    const stranger = newId();
    expect(await reads(member, 'Server', server.id)).toBe('yes');
    expect(await reads(member, 'Channel', server.general)).toBe('yes');
    expect(await reads(direct.one, 'Channel', direct.id)).toBe('yes');
    expect(await reads(direct.other, 'Channel', direct.id)).toBe('yes');
    expect(await reads(member, 'User', stranger)).toBe('yes');
    expect(await reads(stranger, 'Server', server.id)).toBe('FORBIDDEN Server');
    expect(await reads(stranger, 'Channel', server.general)).toBe('FORBIDDEN Channel');
    expect(await reads(stranger, 'Channel', direct.id)).toBe('FORBIDDEN Channel');
    for (const type of ['Server', 'Channel'] as const) {
      expect(await reads(member, type, newId())).toBe(`NOT_FOUND ${type}`);
      expect(await reads(member, type, 'x')).toBe(`NOT_FOUND ${type}`);
    }
    const things = { Server: server.id, Channel: direct.id, User: stranger } as const;
    for (const type of ['Server', 'Channel', 'User'] as const) {
      expect(await reads(asService, type, things[type])).toBe('yes');
      expect(await reads(undefined, type, things[type])).toBe('UNAUTHENTICATED');
      expect(await reads(undefined, type, newId())).toBe('UNAUTHENTICATED');
    }
  });

  it('answers each of many by itself', async () => {
    const [mine, other] = [await community.server(), await community.server()];
    const of = [mine.id, other.id, mine.general, newId()].map((id, index) => ({
      __typename: index === 2 ? 'Channel' : 'Server',
      id,
    }));
    const { data, errors } = await community.graph.execute(entities, { of }, mine.owner);
    expect(data?._entities).toEqual([{ id: mine.id, name: 'Home' }, null, { id: mine.general, topic: null }, null]);
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions?.code]).sort()).toEqual([
      ['_entities.1', 'FORBIDDEN'],
      ['_entities.3', 'NOT_FOUND'],
    ]);
  });

  it('grants an audience what each of its topics grants', async () => {
    const [server, other] = [await community.server(), await community.server()];
    const member = await community.member(server);
    const second = await community.channel(server, 'second');
    const direct = await community.direct();
    const yes = async (type: 'Server' | 'Channel', id: string, ...topics: string[]) =>
      expect([topics, await reads(asAudience(...topics), type, id)]).toEqual([topics, 'yes']);
    const no = async (type: 'Server' | 'Channel', id: string, ...topics: string[]) =>
      expect([topics, await reads(asAudience(...topics), type, id)]).toEqual([topics, 'VIEWER_REQUIRED']);

    await yes('Server', server.id, topic.server(server.id));
    await yes('Server', server.id, topic.channel(server.general));
    await yes('Server', server.id, topic.user(member));
    await yes('Server', server.id, topic.server(server.id), topic.user(member), topic.channel(second));
    await no('Server', server.id);
    await no('Server', server.id, topic.server(other.id));
    await no('Server', server.id, topic.channel(other.general));
    await no('Server', server.id, topic.channel(direct.id));
    await no('Server', server.id, topic.channel(newId()));
    await no('Server', server.id, topic.user(newId()));
    await no('Server', server.id, topic.server(server.id), topic.user(newId()));
    await no('Server', server.id, topic.access, topic.server(server.id));
    await no('Server', server.id, topic.accessToServer(server.id));

    await yes('Channel', server.general, topic.server(server.id));
    await yes('Channel', server.general, topic.channel(server.general));
    await yes('Channel', server.general, topic.user(member));
    await yes('Channel', direct.id, topic.user(direct.one), topic.user(direct.other));
    await yes('Channel', direct.id, topic.channel(direct.id));
    await no('Channel', server.general);
    await no('Channel', server.general, topic.channel(second));
    await no('Channel', server.general, topic.server(other.id));
    await no('Channel', server.general, topic.user(newId()));
    await no('Channel', direct.id, topic.user(direct.one), topic.user(member));
    await no('Channel', direct.id, topic.server(server.id));
    await no('Channel', direct.id, topic.accounts);

    expect(await reads(asAudience(topic.server(server.id)), 'Server', newId())).toBe('NOT_FOUND Server');
    expect(await reads(asAudience(topic.user(member)), 'User', member)).toBe('yes');
  });

  it('lists channels for an audience that sees them all', async () => {
    const server = await community.server();
    const member = await community.member(server);
    expect(await listsChannels(asService, server)).toBe('1');
    expect(await listsChannels(asAudience(topic.server(server.id)), server)).toBe('1');
    expect(await listsChannels(asAudience(topic.user(member)), server)).toBe('1');
    expect(await listsChannels(asAudience(topic.channel(server.general)), server)).toBe('VIEWER_REQUIRED');
    const role = { roleId: server.everyone, permissions: '0' };
    await community.change(server.owner, 'updateRole', role, 'role { id }');
    // Now some of those who listen to the server do not.
    const everybody = asAudience(topic.server(server.id));
    expect(await listsChannels(everybody, server)).toBe('VIEWER_REQUIRED');
    expect(await reads(everybody, 'Channel', server.general)).toBe('VIEWER_REQUIRED');
    expect(await reads(everybody, 'Server', server.id)).toBe('yes');
    expect(await reads(asAudience(topic.user(member)), 'Channel', server.general)).toBe('VIEWER_REQUIRED');
    expect(await reads(asAudience(topic.user(server.owner)), 'Channel', server.general)).toBe('yes');
    expect(await listsChannels(member, server)).toBe('0');
  });

  it('has no answer for an audience about who is reading', async () => {
    const server = await community.server();
    const of = [{ __typename: 'Server', id: server.id }];
    for (const field of ['viewerMember { id }', 'viewerPermissions', 'invites { code }', 'bans { totalCount }']) {
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Server { ${field} } } }`;
      expect(await community.fail(query, { of }, asAudience(topic.server(server.id)))).toBe('VIEWER_REQUIRED');
      expect(await community.fail(query, { of }, asService)).toBe('UNAUTHENTICATED');
    }
    const channel = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Channel { viewerPermissions } } }`;
    const general = [{ __typename: 'Channel', id: server.general }];
    expect(await community.fail(channel, { of: general }, asAudience(topic.server(server.id)))).toBe('VIEWER_REQUIRED');
    const shared = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Server {
      owner { id } memberCount roles { name } members { totalCount edges { node { user { id } roles { name } permissions } } }
    } } }`;
    const [found] = (await community.run(shared, { of }, asAudience(topic.server(server.id))))._entities;
    expect(found).toMatchObject({ memberCount: 1, members: { edges: [{ node: { permissions: '1023' } }] } });
  });

  it('grants nothing by a name that the law of roles does not', async () => {
    const server = await community.server();
    const admin = await community.member(server, await community.role(server, 'ADMINISTRATOR'));
    const sender = await community.member(server, await community.role(server, 'SEND_MESSAGES', 'MANAGE_MESSAGES'));
    const role = { roleId: server.everyone, permissions: '0' };
    await community.change(server.owner, 'updateRole', role, 'role { id }');
    expect(await community.permissions(server, admin)).toBe('1023');
    expect(await community.permissions(server, sender)).toBe(bits('SEND_MESSAGES', 'MANAGE_MESSAGES'));
    expect(await reads(admin, 'Channel', server.general)).toBe('yes');
    expect(await reads(sender, 'Channel', server.general)).toBe('FORBIDDEN Channel');
  });
});
