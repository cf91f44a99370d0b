import { sampleFiles } from '@kopru/runtime/testing/files.ts';
import { LocalTelegram } from '@kopru/support/testing/telegram.ts';
import { afterAll, expect, test } from 'vitest';
import { overEveryBackend, type Place } from '../../place.ts';
import { callSupport, joinAgents, joinSupport, supportUrl } from '../../support.ts';
import { covers } from '../covers.ts';

const polled = await LocalTelegram.open();
const hooked = await LocalTelegram.open();
afterAll(async () => {
  await polled[Symbol.asyncDispose]();
  await hooked[Symbol.asyncDispose]();
});

/** The cookie of an agent who signed in by the code that Telegram brought them. */
async function signInBy(telegram: LocalTelegram, place: Place): Promise<string> {
  const { body } = await callSupport(place, 'POST', '/request-otp', { json: {} });
  expect(body).toEqual({ success: true, message: expect.any(String) });
  const text = String(telegram.texts().at(-1));
  expect(text).toMatch(/^🔐 Admin OTP Kodu: \d{6}\n\n⏰ 5 dakika geçerli$/);
  const answer = await callSupport(place, 'POST', '/verify-otp', { json: { otp: /\d{6}/.exec(text)?.[0] } });
  expect(answer.body).toEqual({ success: true, redirect: '/admin' });
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

overEveryBackend((place) => {
  test('a code comes by Telegram alone, and signs in', async () => {
    covers('support rule:a code goes to Telegram');
    expect(await signInBy(polled, place)).not.toBe('');
  });

  test('what a visitor writes is read in Telegram, and answered from there', async () => {
    covers('support rule:agents read in Telegram', 'support rule:agents answer in Telegram');
    covers('support hear:message_from_telegram', 'support hear:message_from_admin');
    const agent = await joinAgents(place, await signInBy(polled, place));
    const { threadId: thread_id, ...visitor } = await joinSupport(place);
    visitor.socket.emit('message_to_admin', { thread_id, type: 'text', text: 'Merhaba' });
    const { display_name } = await agent.hears('new_message_notification', { thread_id });
    const text = `💬 ${display_name}\n\nMerhaba\n\n#thread:${thread_id}`;
    await expect.poll(() => polled.texts()).toContain(text);
    const update = polled.write({ text: 'Buyurun', reply_to_message: { ...polled.lastSent(), text } });
    polled.bring(update);
    const row = { thread_id, sender: 'admin', type: 'text', content_text: 'Buyurun', file_path: null };
    const told = await agent.hears('message_from_telegram', { thread_id });
    expect(told).toMatchObject(row);
    const file_id = polled.store(sampleFiles['image/jpeg']);
    polled.write({ photo: [{ file_id }], caption: `#thread:${thread_id}` });
    const picture = await agent.hears('message_from_telegram', { thread_id, type: 'image' });
    expect(picture).toMatchObject({ sender: 'admin', content_text: null, file_path: expect.stringMatching(/\.jpg$/) });
    const served = await fetch(supportUrl(place) + picture.file_path);
    expect(Buffer.from(await served.arrayBuffer()).equals(sampleFiles['image/jpeg'])).toBe(true);
    const answers = agent.inbox.items.filter(
      ({ event, data }) => event === 'message_from_telegram' && data.thread_id === thread_id,
    );
    expect(answers).toHaveLength(2);
  });

  test('a visitor hears what agents say in Telegram', async () => {
    covers('support rule:agents answer in Telegram', 'support hear:message_from_admin');
    const visitor = await joinSupport(place);
    polled.write({ text: `Buyurun #thread:${visitor.threadId}` });
    expect(await visitor.hears('message_from_admin')).toMatchObject({ sender: 'admin', content_text: 'Buyurun' });
  });

  test('whoever writes to the bot is a visitor', async () => {
    covers('support rule:a chat in Telegram is a visitor');
    const agent = await joinAgents(place, await signInBy(polled, place));
    const victim = await joinSupport(place);
    const chat = Number(process.hrtime.bigint() % 1_000_000_000n);
    polled.write({ text: `Ben kimim? #thread:${victim.threadId}` }, chat);
    const notified = await agent.hears('new_message_notification', { display_name: `Telegram-${chat}` });
    const { thread_id } = notified;
    await agent.call('message_to_visitor', { thread_id, type: 'text', text: 'Bir ziyaretçi' });
    await expect.poll(() => polled.texts(chat)).toEqual(['Bir ziyaretçi']);
    await victim.settled();
    expect(victim.inbox.items.map(({ event }) => event)).toEqual(['joined']);
  });

  test('a visitor is told of what Telegram did not take', async () => {
    covers('support error:telegram_send_failed');
    const visitor = await joinSupport(place);
    const { threadId: thread_id } = visitor;
    polled.judge = ({ fields }) => (String(fields.text).includes(thread_id) ? { code: 502 } : undefined);
    visitor.emit('message_to_admin', { thread_id, type: 'text', text: 'Merhaba' });
    const told = await visitor.hears('message_error');
    expect(told).toMatchObject({ type: 'telegram_send_failed', message: expect.any(String) });
    polled.judge = () => undefined;
  });
}, polled.settings);

const webhook = { TELEGRAM_WEBHOOK_URL: 'https://chat.example/telegram/webhook', TELEGRAM_WEBHOOK_SECRET: 'a-secret' };

overEveryBackend(
  (place) => {
    test('the webhook takes what Telegram brings, once, and nothing of anybody else', async () => {
      covers('support rule:the webhook has a secret', 'support rule:agents answer in Telegram');
      const visitor = await joinSupport(place);
      const bring = async (text: string, headers: Record<string, string> = {}) => {
        const json = hooked.update({ text: `${text} #thread:${visitor.threadId}` });
        const post = () => callSupport(place, 'POST', '/telegram/webhook', { json, headers });
        return [(await post()).status, (await post()).status];
      };
      const known = { 'x-telegram-bot-api-secret-token': webhook.TELEGRAM_WEBHOOK_SECRET };
      expect(await bring('nobody')).toEqual([401, 401]);
      expect(await bring('a guess', { 'x-telegram-bot-api-secret-token': 'a-secres' })).toEqual([401, 401]);
      expect(await bring('one', known)).toEqual([200, 200]);
      expect(await bring('two', known)).toEqual([200, 200]);
      await visitor.hears('message_from_admin', { content_text: 'two' });
      const answers = visitor.inbox.items.filter(({ event }) => event === 'message_from_admin');
      expect(answers.map(({ data }) => data.content_text)).toEqual(['one', 'two']);
    });
  },
  { ...hooked.settings, ...webhook },
);
