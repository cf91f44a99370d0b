import { expect, test } from 'vitest';
import { dispatchOf, type ViewerEvent } from './dispatches.ts';

const at = '2025-05-11T12:34:56Z';
const eren = { id: 'u789', username: 'eren', displayName: 'Eren', avatarUrl: null };
const erenShaped = { user_id: 'u789', username: 'eren', display_name: 'Eren', avatar_url: null };
const message = {
  id: 'abc123',
  channel: { id: 'chan456' },
  author: eren,
  content: 'Hello!',
  createdAt: at,
  editedAt: null,
  nonce: null,
  replyTo: null,
};
const channel = {
  id: 'c1',
  type: 'TEXT',
  name: 'general',
  topic: null,
  position: 0,
  server: { id: 's1' },
  createdAt: at,
} as const;
const channelShaped = { channel_id: 'c1', id: 'c1', server_id: 's1', name: 'general', created_at: at, type: 'text' };

/** As the document has it, letter for letter. */
const sample = {
  op: 11,
  d: {
    message_id: 'abc123',
    channel_id: 'chan456',
    author: { user_id: 'u789', username: 'eren' },
    content: 'Hello!',
    timestamp: '2025-05-11T12:34:56Z',
  },
};

const events: [ViewerEvent, { op: number; d: object }][] = [
  [{ __typename: 'MessageCreated', inServerId: null, message }, sample],
  [
    { __typename: 'MessageCreated', inServerId: 's1', message: { ...message, nonce: 'n', replyTo: { id: 'm0' } } },
    { op: 11, d: { ...sample.d, server_id: 's1', nonce: 'n', reply_to: 'm0' } },
  ],
  [
    { __typename: 'MessageUpdated', inServerId: 's1', message: { ...message, editedAt: at } },
    { op: 12, d: { ...sample.d, edited_at: at } },
  ],
  [
    { __typename: 'MessageDeleted', messageId: 'abc123', channelId: 'chan456' },
    { op: 13, d: { message_id: 'abc123', channel_id: 'chan456' } },
  ],
  [
    { __typename: 'ChannelCreated', channel },
    { op: 20, d: channelShaped },
  ],
  [
    { __typename: 'DirectChannelOpened', channel: { id: 'd1', createdAt: at, recipients: [eren] } },
    {
      op: 20,
      d: {
        channel_id: 'd1',
        id: 'd1',
        server_id: null,
        name: null,
        created_at: at,
        type: 'direct',
        recipients: [erenShaped],
      },
    },
  ],
  [
    { __typename: 'ChannelUpdated', channel },
    { op: 21, d: channelShaped },
  ],
  [
    { __typename: 'ChannelDeleted', channelId: 'c1', serverId: 's1' },
    { op: 22, d: { channel_id: 'c1', id: 'c1', server_id: 's1' } },
  ],
  [
    { __typename: 'MemberAdded', server: { id: 's1', name: 'Köprü', createdAt: at }, user: eren },
    { op: 30, d: { server_id: 's1', user: erenShaped, server_name: 'Köprü', server_create_at: at } },
  ],
  [
    { __typename: 'MemberRemoved', serverId: 's1', user: eren, reason: 'KICKED' },
    { op: 31, d: { server_id: 's1', user: erenShaped, reason: 'kicked' } },
  ],
  [
    { __typename: 'PresenceChanged', presence: { user: { id: 'u789' }, status: 'DND', customStatus: 'Away' } },
    { op: 40, d: { user_id: 'u789', status: 'dnd', custom_status: 'Away' } },
  ],
  [
    { __typename: 'TypingStarted', channelId: 'c1', user: eren, expiresAt: at },
    { op: 50, d: { channel_id: 'c1', user_id: 'u789', username: 'eren', expires_at: at } },
  ],
];

test.each(events)('$__typename', (event, expected) => {
  expect(dispatchOf(event)).toMatchObject(expected);
});

test('a server that is deleted is one that each member is out of', () => {
  const dispatch = dispatchOf({ __typename: 'ServerDeleted', serverId: 's1' });
  expect(dispatch?.op).toBe(31);
  const d = typeof dispatch?.d === 'function' ? dispatch.d(erenShaped) : undefined;
  expect(d).toEqual({ server_id: 's1', user: erenShaped, reason: 'server_deleted' });
});

test.each(['ServerUpdated', 'MemberUpdated', 'RolesChanged', 'ReadStateChanged', 'ForeignEvent'] as const)(
  '%s has no opcode and is not sent',
  (__typename) => {
    expect(dispatchOf({ __typename })).toBeNull();
  },
);
