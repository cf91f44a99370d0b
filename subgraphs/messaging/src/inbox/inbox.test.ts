import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Messenger, openMessenger } from '../testing/fixture.ts';

const inbox = `query ($r: [_Any!]!, $first: Int, $after: String, $last: Int, $before: String) {
  _entities(representations: $r) { ... on User { inbox(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { __typename ... on Channel { id unreadCount } ... on SupportThread { id } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } } }
}`;
const changed =
  'subscription { inboxChanged { __typename ... on Channel { id unreadCount } ... on SupportThread { id } } }';

describe.each(backends)('the inbox on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;
  let ada: string;
  let can: string;

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
  });
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    [ada, can] = [newId(), newId()];
  });

  const of = (id: string) => ({ r: [{ __typename: 'User', id }] });
  const page = async (args: object = {}, viewer = ada) =>
    (await messenger.data(inbox, { ...of(viewer), ...args }, viewer))._entities[0].inbox;
  const idsIn = ({ edges }: { edges: { node: { id: string } }[] }) => edges.map(({ node }) => node.id);

  /** Something to read in a channel of a server, a thread, a direct channel and a thread, the newest first. */
  async function full(): Promise<string[]> {
    const { town } = messenger;
    const [inServer, direct] = [town.channel([ada, can], town.server(ada, can)), town.channel([ada, can])];
    await messenger.send(inServer, can, 'one');
    await messenger.send(inServer, can, 'two');
    const older = town.thread(ada, newId());
    await messenger.send(direct, can, 'three');
    const newer = town.thread(ada, newId());
    return [newer, direct, older, inServer];
  }

  test('has channels, direct channels and support threads in one order, the newest message first', async () => {
    const [newer, direct, older, inServer] = await full();
    // Read, written by themselves, or not theirs to read.
    await messenger.send(messenger.town.channel([ada]), ada, 'mine');
    await messenger.send(messenger.town.channel([can]), can, 'not hers');
    messenger.town.thread(can, newId());
    expect((await page()).edges.map(({ node }: { node: object }) => node)).toEqual([
      { __typename: 'SupportThread', id: newer },
      { __typename: 'Channel', id: direct, unreadCount: 1 },
      { __typename: 'SupportThread', id: older },
      { __typename: 'Channel', id: inServer, unreadCount: 2 },
    ]);
    await messenger.data(
      'mutation ($channelId: ID!) { markRead(input: { channelId: $channelId }) { channel { id } } }',
      { channelId: inServer },
      ada,
    );
    expect(idsIn(await page())).toEqual([newer, direct, older]);
  });

  test('has pages from either end', async () => {
    const all = await full();
    const first = await page({ first: 1 });
    expect(idsIn(first)).toEqual(all.slice(0, 1));
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page({ first: 2, after: first.pageInfo.endCursor });
    expect(idsIn(second)).toEqual(all.slice(1, 3));
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const last = await page({ last: 2 });
    expect(idsIn(last)).toEqual(all.slice(2));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(idsIn(await page({ last: 3, before: last.pageInfo.endCursor }))).toEqual(all.slice(0, 3));
    for (const wrong of [{ after: 'x' }, { before: '1' }, { first: 0 }, { first: 1, last: 1 }])
      expect(await messenger.refusal(inbox, { ...of(ada), ...wrong }, ada)).toBe('VALIDATION_FAILED');
  });

  test('is for the person alone', async () => {
    await full();
    expect(await messenger.refusal(inbox, of(ada), can)).toBe('FORBIDDEN User');
    expect(await messenger.refusal(inbox, of(ada))).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(inbox, of(ada), { asService: true })).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(inbox, of(ada), { audience: [`user:${ada}`] })).toBe('VIEWER_REQUIRED');
    expect(idsIn(await page({}, newId()))).toEqual([]);
  });

  test('is not there while a part of it is away, rather than incomplete', async () => {
    await full();
    messenger.town.supportAway = true;
    try {
      expect(await messenger.refusal(inbox, of(ada), ada)).toBe('UNAVAILABLE');
    } finally {
      messenger.town.supportAway = false;
    }
    expect(idsIn(await page())).toHaveLength(4);
  });

  test('is listened to wherever it may change, until access to any of it changes', async () => {
    const { town } = messenger;
    const server = town.server(ada);
    const channels = [town.channel([ada], server), town.channel([ada])];
    const thread = town.thread(ada, newId());
    const handshake = await messenger.handshake(changed, {}, ada);
    if ('errors' in handshake) throw new Error(handshake.errors[0]?.message);
    expect(handshake.grant.topics.toSorted()).toEqual(
      [`user:${ada}`, ...channels.map((id) => `channel:${id}`), `support-thread:${thread}`].toSorted(),
    );
    expect(handshake.grant.recheckOn.toSorted()).toEqual(
      [`access:user:${ada}`, 'access:support', `access:server:${server}`].toSorted(),
    );
    expect(await messenger.handshake(changed)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('says where it changed, and to each how much there is to read', async () => {
    const channel = messenger.town.channel([ada, can]);
    const heard = await messenger.record(`channel:${channel}`);
    await messenger.send(channel, can, 'hello');
    await expect.poll(() => heard).toHaveLength(1);
    const [event] = heard;
    if (!event) throw new Error('Nothing was heard.');
    const shared = await messenger.project(event, changed, {}, { audience: event.topics });
    expect(shared.errors?.[0]?.extensions?.code).toBe('VIEWER_REQUIRED');
    for (const [viewer, unreadCount] of [
      [ada, 1],
      [can, 0],
    ] as const)
      expect(await messenger.project(event, changed, {}, viewer)).toEqual({
        data: { inboxChanged: { __typename: 'Channel', id: channel, unreadCount } },
      });
    const id = newId();
    for (const [type, payload] of [
      ['support-message.created', { thread: { id } }],
      ['support-thread.updated', { thread: { id } }],
      ['support-thread.cleared', { threadId: id }],
    ] as const)
      expect(await messenger.project({ ...event, type, payload }, changed, {}, ada)).toEqual({
        data: { inboxChanged: { __typename: 'SupportThread', id } },
      });
  });
});
