import { expect, test } from 'vitest';
import { account, channel, directChannel, invite, message, server, tokens } from './shapes.ts';

const at = '2025-05-11T12:34:56.000Z';
const eren = { id: 'u1', username: 'eren', displayName: 'Eren', avatarUrl: null };
const ada = { id: 'u2', username: 'ada', displayName: 'Ada', avatarUrl: 'https://example.com/ada.png' };

test('an account', () => {
  expect(account({ ...eren, email: 'eren@example.com', bio: 'Hi.', createdAt: at })).toEqual({
    id: 'u1',
    username: 'eren',
    email: 'eren@example.com',
    created_at: at,
    display_name: 'Eren',
    avatar_url: null,
    bio: 'Hi.',
  });
});

test('tokens, under the first name and the second', () => {
  expect(tokens({ accessToken: 'a', refreshToken: 'r', expiresIn: 1800 })).toEqual({
    token: 'a',
    access_token: 'a',
    refresh_token: 'r',
    expires_in: 1800,
  });
});

test('a server, with the key that is misspelt', () => {
  const given = { id: 's1', name: 'Köprü', description: null, iconUrl: null, owner: { id: 'u1' }, createdAt: at };
  expect(server(given)).toEqual({
    server_id: 's1',
    server_name: 'Köprü',
    owner_id: 'u1',
    server_create_at: at,
    description: null,
    icon_url: null,
  });
});

test('a channel of a server, and one of none', () => {
  const given = { id: 'c1', type: 'TEXT', name: 'general', topic: 'All.', position: 2, createdAt: at } as const;
  const shaped = { id: 'c1', name: 'general', created_at: at, type: 'text', topic: 'All.', position: 2 };
  expect(channel({ ...given, server: { id: 's1' } })).toEqual({ ...shaped, server_id: 's1' });
  expect(channel({ ...given, server: null })).toEqual({ ...shaped, server_id: null });
});

test('a message, its author spread out', () => {
  const given = {
    id: 'm1',
    channel: { id: 'c1' },
    author: { ...ada, email: null },
    content: 'Hello!',
    createdAt: at,
    editedAt: null,
    nonce: 'n',
    replyTo: { id: 'm0' },
  };
  const shaped = {
    id: 'm1',
    channel_id: 'c1',
    author_id: 'u2',
    content: 'Hello!',
    created_at: at,
    edited_at: null,
    deleted: false,
    username: 'ada',
    email: null,
    display_name: 'Ada',
    avatar_url: 'https://example.com/ada.png',
    nonce: 'n',
    reply_to_id: 'm0',
  };
  expect(message(given)).toEqual(shaped);
  expect(message({ ...given, replyTo: null })).toEqual({ ...shaped, reply_to_id: null });
});

test('a direct channel, the same to both but for the recipient', () => {
  const given = { id: 'd1', createdAt: at, recipients: [ada, eren] };
  const shaped = { id: 'd1', user1_id: 'u1', user2_id: 'u2', created_at: at };
  const person = { id: 'u2', username: 'ada', display_name: 'Ada', avatar_url: 'https://example.com/ada.png' };
  expect(directChannel(given, 'u1')).toEqual({ ...shaped, recipient: person });
  expect(directChannel(given, 'u2')).toMatchObject({ ...shaped, recipient: { id: 'u1', username: 'eren' } });
});

test('an invite', () => {
  expect(invite({ code: 'abc', serverId: 's1', createdAt: at, expiresAt: null, maxUses: 5, uses: 0 })).toEqual({
    code: 'abc',
    server_id: 's1',
    created_at: at,
    expires_at: null,
    max_uses: 5,
    uses: 0,
  });
});
