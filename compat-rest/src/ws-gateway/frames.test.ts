import { newId } from '@kopru/runtime/ids.ts';
import { expect, test } from 'vitest';
import * as frames from './frames.ts';
import { newsOf } from './news.ts';
import type { Dialect } from './opcodes.ts';

const createdAt = '2026-02-16T12:00:00.000Z';
const editedAt = '2026-02-16T12:34:56.000Z';
const author = { id: 'u12', username: 'eren', displayName: 'Eren', avatarUrl: null };
const person = { _id: 'u12', id: 'u12', username: 'eren', displayName: 'Eren', avatarUrl: null };
const message = {
  id: 'm15',
  channel: { id: 'c13' },
  author,
  content: 'Hello!',
  createdAt,
  editedAt: null,
  replyTo: null,
};
const whole = {
  _id: 'm15',
  channelId: 'c13',
  guildId: 'g11',
  content: 'Hello!',
  type: 'default',
  edited: false,
  pinned: false,
  mentionEveryone: false,
  createdAt,
  updatedAt: createdAt,
};
const guild = { id: 'g11', name: 'My Server', description: null, iconUrl: null, owner: { id: 'u12' }, createdAt };
const guildShaped = { _id: 'g11', name: 'My Server', description: null, iconUrl: null, ownerId: 'u12', createdAt };
const channel = { id: 'c13', type: 'TEXT', name: 'general', topic: null, position: 0, createdAt } as const;
const channelShaped = {
  _id: 'c13',
  guildId: 'g11',
  name: 'general',
  type: 'text',
  topic: null,
  position: 0,
  createdAt,
};

/** The JSON of a frame whose payload is shorter than 64 KiB. */
function said(frame: frames.EventFrame | undefined, dialect: Dialect = '/'): unknown {
  const bytes = frame?.in(dialect) ?? Buffer.alloc(0);
  expect(bytes[0]).toBe(0x81);
  return JSON.parse(bytes.subarray(bytes[1] === 126 ? 4 : 2).toString());
}

test('message.create of the document has an authorId that is an id, and the author beside it', () => {
  expect(said(frames.messageCreate(message, 'g11'))).toEqual({
    event: 'message.create',
    data: { channelId: 'c13', message: { ...whole, authorId: 'u12', author: person } },
  });
});

test('on /ws authorId is the person, and replyToId the message that is answered', () => {
  expect(said(frames.messageCreate(message, 'g11'), '/ws')).toEqual({
    event: 'message.create',
    data: { channelId: 'c13', message: { ...whole, authorId: person } },
  });
  const reply = { ...message, replyTo: { id: 'm14', content: 'Hello?', author: { username: 'ada' } } };
  expect(said(frames.messageCreate(reply, null), '/ws')).toEqual({
    event: 'message.create',
    data: {
      channelId: 'c13',
      message: {
        ...whole,
        guildId: null,
        authorId: person,
        replyToId: { _id: 'm14', authorId: { username: 'ada' }, content: 'Hello?' },
      },
    },
  });
  expect(said(frames.messageCreate(reply, null))).toMatchObject({
    data: { message: { authorId: 'u12', replyToId: 'm14' } },
  });
});

test('message.update has the message as it is now', () => {
  const edited = { ...message, content: 'Updated content', editedAt };
  expect(said(frames.messageUpdate(edited, 'g11'))).toEqual({
    event: 'message.update',
    data: {
      channelId: 'c13',
      message: {
        ...whole,
        authorId: 'u12',
        author: person,
        content: 'Updated content',
        edited: true,
        updatedAt: editedAt,
      },
    },
  });
});

test.each([
  [frames.messageDelete('m15', 'c13'), { event: 'message.delete', data: { messageId: 'm15', channelId: 'c13' } }],
  [
    frames.presenceUpdate({ user: { id: 'u12' }, status: 'ONLINE', customStatus: 'Playing games' }),
    { event: 'presence.update', data: { userId: 'u12', status: 'online', customStatus: 'Playing games' } },
  ],
  [frames.typingStart('c13', 'u12'), { event: 'typing.start', data: { channelId: 'c13', userId: 'u12' } }],
  [frames.guildCreate(guild), { event: 'guild.create', data: { guildId: 'g11', guild: guildShaped } }],
  [frames.guildUpdate(guild), { event: 'guild.update', data: { guildId: 'g11', guild: guildShaped } }],
  [frames.guildDelete('g11'), { event: 'guild.delete', data: { guildId: 'g11', guild: { _id: 'g11' } } }],
  [
    frames.channelCreate(channel, 'g11'),
    { event: 'channel.create', data: { channelId: 'c13', guildId: 'g11', channel: channelShaped } },
  ],
  [
    frames.channelUpdate(channel, 'g11'),
    { event: 'channel.update', data: { channelId: 'c13', guildId: 'g11', channel: channelShaped } },
  ],
  [
    frames.channelDelete('c13', 'g11'),
    { event: 'channel.delete', data: { channelId: 'c13', guildId: 'g11', channel: { _id: 'c13', guildId: 'g11' } } },
  ],
  [
    frames.directChannelCreate({ ...channel, type: 'DIRECT', name: null, recipients: [author] }),
    {
      event: 'channel.create',
      data: {
        channelId: 'c13',
        guildId: null,
        channel: { ...channelShaped, guildId: null, name: null, type: 'direct', recipients: [person] },
      },
    },
  ],
  [frames.foreign('poll.open', '{"a":[1]}'), { event: 'poll.open', data: { a: [1] } }],
])('%# is the same in both dialects', (frame, expected) => {
  expect(said(frame)).toEqual(expected);
  expect(said(frame, '/ws')).toEqual(expected);
});

test('a frame is made once in each dialect', () => {
  const frame = frames.messageCreate(message, 'g11');
  expect(frame.in('/')).toBe(frame.in('/'));
  expect(frame.in('/ws')).toBe(frame.in('/ws'));
});

test.each(['ServerDeleted', 'MemberAdded', 'ReadStateChanged', 'DirectChannelOpened'] as const)(
  '%s is nothing that a guild tells',
  (__typename) => {
    const delivery = {
      result: { data: { serverFeed: { __typename } } },
      text: '',
      event: { id: newId(), type: 'a test', position: '1-0' },
    };
    expect(newsOf(delivery, 'g11')).toEqual({});
  },
);
