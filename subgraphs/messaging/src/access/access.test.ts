import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Messenger, openMessenger } from '../testing/fixture.ts';

const channel = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Channel { lastMessage { content } messages(last: 1) { edges { node { content } } } }
} }`;
const mine = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Channel { unreadCount typing { id } } } }';
const entity = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Message { content } } }';
const message = 'query ($id: ID!) { message(id: $id) { content } }';
const presences = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Server { presences { status } } } }';
const presence = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { presence { status } } } }';

const ref = (__typename: string, id: string) => ({ r: [{ __typename, id }] });

describe.each(backends)('access on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;
  const [ada, can, eve] = [newId(), newId(), newId()];
  let serverId: string;
  let channelId: string;
  let messageId: string;

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
  });
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    serverId = messenger.town.server(ada, can);
    channelId = messenger.town.channel([ada, can], serverId);
    messageId = await messenger.send(channelId, ada, 'secret');
  });

  const refused = (as?: Parameters<Messenger['execute']>[2]) =>
    messenger.refusal(channel, ref('Channel', channelId), as);

  test('who may read a channel reads it; nobody else does', async () => {
    const { _entities } = await messenger.data(channel, ref('Channel', channelId), can);
    expect(_entities[0]).toEqual({
      lastMessage: { content: 'secret' },
      messages: { edges: [{ node: { content: 'secret' } }] },
    });
    expect(await refused(eve)).toBe('FORBIDDEN Channel');
    expect(await refused()).toBe('UNAUTHENTICATED');
    expect(await refused({ asService: true })).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(channel, ref('Channel', newId()), ada)).toBe('NOT_FOUND Channel');
    expect(await messenger.refusal(mine, ref('Channel', channelId), eve)).toBe('FORBIDDEN Channel');
  });

  test('a message is missing for those who may not read it, by query and by reference', async () => {
    for (const [query, variables] of [
      [message, { id: messageId }],
      [entity, ref('Message', messageId)],
    ] as const) {
      expect((await messenger.execute(query, variables, can)).errors).toBeUndefined();
      expect(await messenger.refusal(query, variables, eve)).toBe('NOT_FOUND Message');
      expect(await messenger.refusal(query, variables)).toBe('UNAUTHENTICATED');
    }
    expect(await messenger.refusal(message, { id: newId() })).toBe('UNAUTHENTICATED');
  });

  test('one reference that may not be read leaves the others', async () => {
    const hidden = await messenger.send(messenger.town.channel([eve]), eve, 'hidden');
    const r = [messageId, hidden, newId()].map((id) => ({ __typename: 'Message', id }));
    const { data, errors } = await messenger.execute(entity, { r }, can);
    expect(data?._entities).toEqual([{ content: 'secret' }, null, null]);
    expect(errors?.map(({ path }) => path?.[1]).sort()).toEqual([1, 2]);
  });

  test('while community is away nothing is known: that is neither no nor yes', async () => {
    const unknown = messenger.town.channel([ada]);
    messenger.town.away = true;
    try {
      expect(await messenger.refusal(channel, ref('Channel', unknown), ada)).toBe('UNAVAILABLE');
      expect(await messenger.refusal(message, { id: messageId }, eve)).toBe('UNAVAILABLE');
      expect('errors' in (await messenger.handshake('subscription { viewerEvents { __typename } }', {}, ada))).toBe(
        true,
      );
    } finally {
      messenger.town.away = false;
    }
    expect(await refused(ada)).toBe('');
  });

  test('an answer is kept until an event says that it may have changed', async () => {
    expect(await refused(can)).toBe('');
    const before = messenger.town.questions;
    messenger.town.allow(channelId, can, {});
    expect(await refused(can)).toBe('');
    expect(messenger.town.questions).toBe(before);
    await messenger.publish(events.accessOfUsersChanged({ userIds: [eve], serverId }));
    await messenger.publish(events.accessToServerChanged({ serverId: newId() }));
    expect(await refused(can)).toBe('');
    await messenger.publish(events.accessOfUsersChanged({ userIds: [eve, can], serverId: null }));
    expect(await refused(can)).toBe('FORBIDDEN Channel');

    messenger.town.allow(channelId, can, { read: true });
    await messenger.publish(events.accessToServerChanged({ serverId }));
    expect(await refused(can)).toBe('');
  });

  test('a handshake asks anew, whatever is kept', async () => {
    expect(await refused(can)).toBe('');
    messenger.town.allow(channelId, can, {});
    messenger.town.leave(serverId, can);
    const subscribe = (query: string, variables: Record<string, unknown>) => messenger.handshake(query, variables, can);
    const refusal = { errors: [{ extensions: { code: 'FORBIDDEN' } }] };
    const onChannel = 'subscription ($channelId: ID!) { messageCreated(channelId: $channelId) { id } }';
    const onServer = 'subscription ($serverId: ID!) { presenceChanged(serverId: $serverId) { status } }';
    expect(await subscribe(onChannel, { channelId })).toMatchObject(refusal);
    expect(await subscribe(onServer, { serverId })).toMatchObject(refusal);
    expect(await refused(can)).toBe('FORBIDDEN Channel');
  });

  describe('of an audience', () => {
    const asAudience = (...audience: string[]) => ({ audience });

    test.each([
      ['the readers of the channel', () => [`channel:${channelId}`], ''],
      ['a user who may read it', () => [`user:${can}`], ''],
      ['both of them', () => [`channel:${channelId}`, `user:${ada}`], ''],
      ['a user who may not', () => [`user:${eve}`], 'VIEWER_REQUIRED'],
      ['one who may and one who may not', () => [`user:${ada}`, `user:${eve}`], 'VIEWER_REQUIRED'],
      ['readers of another channel', () => [`channel:${messenger.town.channel([ada])}`], 'VIEWER_REQUIRED'],
      ['members of its server', () => [`server:${serverId}`], 'VIEWER_REQUIRED'],
      ['the readers and the members', () => [`channel:${channelId}`, `server:${serverId}`], 'VIEWER_REQUIRED'],
      ['a topic that is no audience', () => ['access'], 'VIEWER_REQUIRED'],
      ['nobody', () => [], 'VIEWER_REQUIRED'],
    ])('%s', async (_, audience, outcome) => {
      expect(await refused(asAudience(...audience()))).toBe(outcome);
      expect(await messenger.refusal(entity, ref('Message', messageId), asAudience(...audience()))).toBe(outcome);
    });

    test("nothing that is the viewer's own is given to one", async () => {
      const audience = asAudience(`channel:${channelId}`);
      expect(await messenger.refusal(mine, ref('Channel', channelId), audience)).toBe('VIEWER_REQUIRED');
    });

    test('the members of a server see who of them is there; a user of them is asked by themselves', async () => {
      expect(await messenger.refusal(presences, ref('Server', serverId), asAudience(`server:${serverId}`))).toBe('');
      for (const other of [`server:${messenger.town.server(ada)}`, `user:${ada}`, `channel:${channelId}`])
        expect(await messenger.refusal(presences, ref('Server', serverId), asAudience(other))).toBe('VIEWER_REQUIRED');
      expect(await messenger.refusal(presence, ref('User', ada), asAudience(`channel:${channelId}`))).toBe('');
    });
  });

  test('presences are for members, and a presence for whoever is signed in', async () => {
    expect(await messenger.refusal(presences, ref('Server', serverId), can)).toBe('');
    expect(await messenger.refusal(presences, ref('Server', serverId), eve)).toBe('FORBIDDEN Server');
    expect(await messenger.refusal(presences, ref('Server', serverId))).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(presences, ref('Server', newId()), ada)).toBe('NOT_FOUND Server');
    expect(await messenger.refusal(presence, ref('User', ada), eve)).toBe('');
    expect(await messenger.refusal(presence, ref('User', ada))).toBe('UNAUTHENTICATED');
  });
});
