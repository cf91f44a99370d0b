import type { EventDraft, LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { type EventType, events, isAudience, type MessagePayload } from '@kopru/schema/events.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Messenger, openMessenger } from '../testing/fixture.ts';
import { viewerEventTypes } from './feed.events.ts';

const viewerEvents = `subscription { viewerEvents {
  __typename
  ... on MessageCreated { inServerId message { ...whole } }
  ... on MessageUpdated { inServerId message { ...whole } }
  ... on MessageDeleted { messageId channelId }
  ... on TypingStarted { channelId user { id } expiresAt }
  ... on PresenceChanged { presence { user { id } status customStatus } }
  ... on ReadStateChanged { channel { id } lastReadMessageId }
  ... on ServerUpdated { server { id } }
  ... on ServerDeleted { serverId }
  ... on ChannelCreated { channel { id } }
  ... on ChannelUpdated { channel { id } }
  ... on ChannelDeleted { channelId serverId }
  ... on MemberAdded { server { id } user { id } }
  ... on MemberUpdated { serverId user { id } }
  ... on MemberRemoved { serverId user { id } reason }
  ... on RolesChanged { serverId }
  ... on DirectChannelOpened { channel { id } }
  ... on ForeignEvent { name data forChannelId }
} }
fragment whole on Message {
  id channel { id } author { id } content createdAt editedAt nonce
}`;

const [ada, can, serverId, channelId, messageId] = [newId(), newId(), newId(), newId(), newId()];
const at = '2026-02-16T12:00:00.123Z';
const payload: MessagePayload = {
  id: messageId,
  channelId,
  serverId,
  authorId: ada,
  content: 'Hello',
  nonce: 'n',
  replyToId: null,
  createdAt: at,
  editedAt: null,
};
const whole = {
  id: messageId,
  channel: { id: channelId },
  author: { id: ada },
  content: 'Hello',
  createdAt: at,
  editedAt: null,
  nonce: 'n',
};

/** Each event that the feeds carry, and what it is there. */
const cases: [EventDraft, object][] = [
  [events.messageCreated({ message: payload }), { __typename: 'MessageCreated', inServerId: serverId, message: whole }],
  [
    events.messageUpdated({ message: { ...payload, serverId: null, editedAt: at } }),
    { __typename: 'MessageUpdated', inServerId: null, message: { ...whole, editedAt: at } },
  ],
  [
    events.messageDeleted({ messageId, channelId, serverId: null }),
    { __typename: 'MessageDeleted', messageId, channelId },
  ],
  [
    events.typingStarted({ channelId, userId: ada, expiresAt: at }),
    { __typename: 'TypingStarted', channelId, user: { id: ada }, expiresAt: at },
  ],
  [
    events.foreign({ event: 'poll.open', data: { poll: { votes: [1, null] } }, channelId, serverId: null }),
    { __typename: 'ForeignEvent', name: 'poll.open', data: '{"poll":{"votes":[1,null]}}', forChannelId: channelId },
  ],
  [
    events.presenceChanged({ userId: ada, status: 'DND', customStatus: 'busy', serverIds: [serverId] }),
    { __typename: 'PresenceChanged', presence: { user: { id: ada }, status: 'DND', customStatus: 'busy' } },
  ],
  [
    events.readStateChanged({ userId: can, channelId, lastReadMessageId: messageId }),
    { __typename: 'ReadStateChanged', channel: { id: channelId }, lastReadMessageId: messageId },
  ],
  [events.serverUpdated({ serverId }), { __typename: 'ServerUpdated', server: { id: serverId } }],
  [events.serverDeleted({ serverId, channelIds: [] }), { __typename: 'ServerDeleted', serverId }],
  [events.channelCreated({ channelId, serverId }), { __typename: 'ChannelCreated', channel: { id: channelId } }],
  [events.channelUpdated({ channelId, serverId }), { __typename: 'ChannelUpdated', channel: { id: channelId } }],
  [events.channelDeleted({ channelId, serverId }), { __typename: 'ChannelDeleted', channelId, serverId }],
  [
    events.memberAdded({ serverId, userId: can }),
    { __typename: 'MemberAdded', server: { id: serverId }, user: { id: can } },
  ],
  [events.memberUpdated({ serverId, userId: can }), { __typename: 'MemberUpdated', serverId, user: { id: can } }],
  [
    events.memberRemoved({ serverId, userId: can, reason: 'KICKED' }),
    { __typename: 'MemberRemoved', serverId, user: { id: can }, reason: 'KICKED' },
  ],
  [events.rolesChanged({ serverId }), { __typename: 'RolesChanged', serverId }],
  [
    events.directChannelOpened({ channelId, recipientIds: [ada, can] }),
    { __typename: 'DirectChannelOpened', channel: { id: channelId } },
  ],
];

const logged = ({ type, topics, payload: of }: EventDraft): LogEvent => ({
  id: newId(),
  type,
  topics,
  payload: of,
  at,
  position: '1-0',
});

describe.each(backends)('what subscriptions give, on $name', ({ open }) => {
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

  test.each(cases.map(([draft, expected]) => ({ draft, type: draft.type as EventType, expected })))(
    '$type is projected for all of its audience, and reads nothing',
    async ({ draft, expected }) => {
      const event = logged(draft);
      const statements: string[] = [];
      const stop = messenger.database.onStatement((sql) => statements.push(sql));
      const asked = messenger.town.questions;
      const result = await messenger.project(event, viewerEvents, {}, { audience: event.topics.filter(isAudience) });
      stop();
      expect(result).toEqual({ data: { viewerEvents: expected } });
      expect(statements.filter((sql) => !/outbox|presence_connections/.test(sql))).toEqual([]);
      expect(messenger.town.questions).toBe(asked);
    },
  );

  test('each channel subscription gives what its field says', async () => {
    const fields: [string, EventDraft, unknown][] = [
      [
        'messageCreated(channelId: $id) { id content }',
        events.messageCreated({ message: payload }),
        { id: messageId, content: 'Hello' },
      ],
      [
        'messageUpdated(channelId: $id) { id editedAt }',
        events.messageUpdated({ message: payload }),
        { id: messageId, editedAt: null },
      ],
      [
        'messageDeleted(channelId: $id) { messageId channelId }',
        events.messageDeleted({ messageId, channelId, serverId }),
        { messageId, channelId },
      ],
      [
        'typingStarted(channelId: $id) { user { id } expiresAt }',
        events.typingStarted({ channelId, userId: can, expiresAt: at }),
        { user: { id: can }, expiresAt: at },
      ],
      [
        'channelEvents(channelId: $id) { ... on MessageDeleted { messageId } }',
        events.messageDeleted({ messageId, channelId, serverId }),
        { messageId },
      ],
      [
        'presenceChanged(serverId: $id) { user { id } status }',
        events.presenceChanged({ userId: can, status: 'IDLE', customStatus: null, serverIds: [serverId] }),
        { user: { id: can }, status: 'IDLE' },
      ],
    ];
    for (const [field, draft, expected] of fields) {
      const audience = draft.topics.filter(isAudience);
      const result = await messenger.project(
        logged(draft),
        `subscription ($id: ID!) { ${field} }`,
        { id: channelId },
        { audience },
      );
      expect(Object.values(result.data ?? {})).toEqual([expected]);
    }
  });

  test('the message that another answers is read for the audience of its channel', async () => {
    const room = messenger.town.channel([ada]);
    const first = await messenger.send(room, ada, 'first');
    const heard = await messenger.record(`channel:${room}`);
    await messenger.send(room, ada, 'second', { replyToId: first });
    await expect.poll(() => heard).toHaveLength(1);
    const [event] = heard;
    if (!event) throw new Error('Nothing was heard.');
    const query = 'subscription ($id: ID!) { messageCreated(channelId: $id) { content replyTo { content } } }';
    const result = await messenger.project(event, query, { id: room }, { audience: event.topics.filter(isAudience) });
    expect(result.data).toEqual({ messageCreated: { content: 'second', replyTo: { content: 'first' } } });
  });

  test('iterated, a subscription gives what happens', async () => {
    const room = messenger.town.channel([ada]);
    const { subscribe, parse } = await import('graphql');
    const context = await messenger.subgraph.context({
      requestId: newId(),
      client: { address: '', userAgent: '' },
      token: await messenger.tokenFor(ada),
    });
    const stream = await subscribe({
      schema: messenger.subgraph.schema,
      document: parse('subscription ($id: ID!) { messageCreated(channelId: $id) { content } }'),
      variableValues: { id: room },
      contextValue: context,
    });
    if (!(Symbol.asyncIterator in stream)) throw new Error(String(stream.errors?.[0]));
    let heard: unknown;
    void stream.next().then((next) => (heard = next.value));
    // It listens from some moment on, so what is said before that goes by.
    await expect
      .poll(async () => {
        await messenger.send(room, ada, 'live');
        return heard;
      })
      .toEqual({ data: { messageCreated: { content: 'live' } } });
    await stream.return(undefined);
  });
});

test('every event that the feed carries is tried', () => {
  expect(cases.map(([{ type }]) => type)).toEqual(viewerEventTypes);
});
