import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Messenger, openMessenger } from '../testing/fixture.ts';
import { channelEventTypes, viewerEventTypes } from './feed.events.ts';

const viewerEvents = 'subscription { viewerEvents { __typename } }';

describe.each(backends)('who may listen, on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
  });
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const sorted = (grant: unknown) => {
    const { topics, types, recheckOn } = grant as Record<'topics' | 'types' | 'recheckOn', string[]>;
    return { topics: topics.toSorted(), types, recheckOn: recheckOn.toSorted() };
  };

  test.each([
    ['messageCreated', 'id', ['message.created']],
    ['messageUpdated', 'id', ['message.updated']],
    ['messageDeleted', 'messageId', ['message.deleted']],
    ['typingStarted', 'channelId', ['typing.started']],
    [
      'channelEvents',
      '__typename',
      ['message.created', 'message.updated', 'message.deleted', 'typing.started', 'foreign'],
    ],
  ])('%s is for who may read the channel', async (field, inner, types) => {
    const [reader, stranger] = [newId(), newId()];
    const server = messenger.town.server(reader);
    const inServer = messenger.town.channel([reader], server);
    const direct = messenger.town.channel([reader]);
    const subscription = `subscription ($channelId: ID!) { ${field}(channelId: $channelId) { ${inner} } }`;
    const ask = (id: string, as?: string) => messenger.handshake(subscription, { channelId: id }, as);
    expect(await ask(inServer, reader)).toEqual({
      grant: {
        topics: [`channel:${inServer}`],
        types,
        recheckOn: [`access:user:${reader}`, `access:server:${server}`],
      },
    });
    expect(await ask(direct, reader)).toEqual({
      grant: { topics: [`channel:${direct}`], types, recheckOn: [`access:user:${reader}`] },
    });
    const code = async (answer: ReturnType<typeof ask>) => {
      const handshake = await answer;
      return 'errors' in handshake ? handshake.errors[0]?.extensions?.code : handshake;
    };
    expect(await code(ask(inServer, stranger))).toBe('FORBIDDEN');
    expect(await code(ask(newId(), reader))).toBe('NOT_FOUND');
    expect(await code(ask(inServer))).toBe('UNAUTHENTICATED');
  });

  test('viewerEvents listens wherever the viewer is', async () => {
    const reader = newId();
    const servers = [messenger.town.server(reader), messenger.town.server(reader)];
    const channels = [messenger.town.channel([reader], servers[0]), messenger.town.channel([reader])];
    messenger.town.channel([newId()], servers[0]);
    const handshake = await messenger.handshake(viewerEvents, {}, reader);
    if ('errors' in handshake) throw new Error(handshake.errors[0]?.message);
    expect(sorted(handshake.grant)).toEqual(
      sorted({
        topics: [`user:${reader}`, ...servers.map((id) => `server:${id}`), ...channels.map((id) => `channel:${id}`)],
        types: [...viewerEventTypes],
        recheckOn: [`access:user:${reader}`, ...servers.map((id) => `access:server:${id}`)],
      }),
    );
    expect(await messenger.handshake(viewerEvents)).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('presenceChanged is for members', async () => {
    const [member, stranger] = [newId(), newId()];
    const server = messenger.town.server(member);
    const subscription = 'subscription ($serverId: ID!) { presenceChanged(serverId: $serverId) { status } }';
    const ask = (as?: string) => messenger.handshake(subscription, { serverId: server }, as);
    expect(await ask(member)).toEqual({
      grant: {
        topics: [`server:${server}`],
        types: ['presence.changed'],
        recheckOn: [`access:user:${member}`, `access:server:${server}`],
      },
    });
    expect(await ask(stranger)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN', resource: 'Server' } }] });
    expect(await ask()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('a service may listen to any channel, and answers itself for whom it tells', async () => {
    const channel = messenger.town.channel([newId()], messenger.town.server(newId()));
    const subscription = 'subscription ($channelId: ID!) { channelEvents(channelId: $channelId) { __typename } }';
    expect(await messenger.handshake(subscription, { channelId: channel }, { asService: true })).toEqual({
      grant: { topics: [`channel:${channel}`], types: channelEventTypes, recheckOn: [] },
    });
  });

  test('serverFeed is for services, and takes in every text channel there is', async () => {
    const member = newId();
    const server = messenger.town.server(member);
    const channels = [messenger.town.channel([member], server), messenger.town.channel([], server)];
    messenger.town.channel([member], messenger.town.server(member));
    const subscription = 'subscription ($serverId: ID!) { serverFeed(serverId: $serverId) { __typename } }';
    const ask = (serverId: string, as?: string | { asService: true }) =>
      messenger.handshake(subscription, { serverId }, as);
    const granted = () => ({
      grant: {
        topics: [`server:${server}`, ...channels.map((id) => `channel:${id}`)],
        types: viewerEventTypes,
        recheckOn: [`access:server:${server}`],
      },
    });
    expect(await ask(server, { asService: true })).toEqual(granted());
    channels.push(messenger.town.channel([], server));
    expect(await ask(server, { asService: true })).toEqual(granted());
    for (const as of [member, undefined])
      expect(await ask(server, as)).toMatchObject({
        errors: [{ extensions: { code: 'FORBIDDEN', resource: 'Server' } }],
      });
    expect(await ask(newId(), { asService: true })).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND', resource: 'Server' } }],
    });
  });
});
