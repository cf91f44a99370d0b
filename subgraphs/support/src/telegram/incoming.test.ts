import { expect, test } from 'vitest';
import { LocalTelegram } from '../testing/telegram.ts';
import { messageIn } from './incoming.ts';

const telegram = new LocalTelegram();
const read = (message: object, chat?: number) => messageIn(telegram.update(message, chat), telegram.setup)?.content;

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

test('of what is answered, only the words of our bot are kept', () => {
  const words = 'Merhaba #thread:x';
  const answered = (from?: object) =>
    read({ text: 'Evet', reply_to_message: { message_id: 7, from, text: words } })?.reply;
  expect(answered({ id: telegram.botId, is_bot: true })).toEqual({ messageId: 7, text: words });
  for (const from of [{ id: 5, is_bot: true }, { id: 5 }, undefined])
    expect(answered(from)).toEqual({ messageId: 7, text: '' });
});
