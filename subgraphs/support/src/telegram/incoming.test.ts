import { expect, test } from 'vitest';
import { LocalTelegram } from '../testing/telegram.ts';
import { messageIn } from './incoming.ts';

const telegram = new LocalTelegram();
const agentsChat = String(telegram.agentsChat);
const read = (message: object, chat?: number) => messageIn(telegram.update(message, chat), agentsChat)?.content;

test('an agent who writes anonymously is heard, and no other bot', () => {
  const from = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
  const text = 'Buyurun';
  expect(read({ from, sender_chat: { id: telegram.agentsChat }, text })).toMatchObject({ text });
  for (const message of [
    { from, text },
    { from, sender_chat: { id: -5 }, text },
  ])
    expect(read(message)).toBeUndefined();
  expect(read({ from, sender_chat: { id: -5 }, text }, -5)).toBeUndefined();
});
