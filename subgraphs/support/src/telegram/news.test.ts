import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asService, openSupport, type SupportDesk } from '../testing/support.ts';
import { LocalTelegram } from '../testing/telegram.ts';

const patience = { timeout: 25_000 };
const slow = { timeout: 60_000 };

describe.each(backends)('how news come from Telegram to $name', slow, ({ open, shared }) => {
  let backend: OpenBackend;
  let telegram: LocalTelegram;
  const opened: SupportDesk[] = [];

  const openDesk = async (more: Record<string, string> = {}): Promise<SupportDesk> => {
    const desk = await openSupport({ ...backend.settings, ...telegram.settings, ...more });
    opened.push(desk);
    return desk;
  };
  const close = async (desk: SupportDesk): Promise<void> => {
    opened.splice(opened.indexOf(desk), 1);
    await desk[Symbol.asyncDispose]();
  };

  beforeEach(async () => {
    backend = await open();
    telegram = await LocalTelegram.open();
  });
  afterEach(async () => {
    for (const desk of opened.splice(0)) await desk[Symbol.asyncDispose]();
    await telegram[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const receive =
    'mutation ($update: String!, $secret: String!) { receiveTelegramUpdate(update: $update, secret: $secret) }';

  test('the webhook takes what shows its secret, once, and Telegram is told of it', async () => {
    const webhook = { TELEGRAM_WEBHOOK_URL: 'https://chat.example/telegram/webhook', TELEGRAM_WEBHOOK_SECRET: 'shh' };
    const desk = await openDesk(webhook);
    await expect
      .poll(() => telegram.webhook, patience)
      .toEqual({
        url: webhook.TELEGRAM_WEBHOOK_URL,
        secret_token: 'shh',
        allowed_updates: ['message'],
      });
    const id = await desk.start();
    const update = JSON.stringify(telegram.update({ text: `Buyurun #thread:${id}` }));
    const bring = (secret: string, text = update) => desk.data(receive, { update: text, secret }, asService);
    for (const secret of ['', 'shhh', 'sh', 'SHH', '\0'])
      expect(await bring(secret), secret).toEqual({ receiveTelegramUpdate: false });
    for (let count = 0; count < 3; count++) expect(await bring('shh')).toEqual({ receiveTelegramUpdate: true });
    for (const other of ['{}', '[]', 'null', '{"update_id":1}', '{"update_id":-1,"message":{}}'])
      expect(await bring('shh', other), other).toEqual({ receiveTelegramUpdate: true });
    expect(await desk.refusal(receive, { update: '{', secret: 'shh' }, asService)).toBe('VALIDATION_FAILED');
    await expect.poll(() => desk.messagesOf(id), patience).toHaveLength(1);
  });

  test('whoever asks for them puts an end to a webhook, and comes back when Telegram was away', async () => {
    telegram.webhook = { url: 'https://elsewhere.example/' };
    let refusals = 1;
    telegram.judge = ({ method }) => (method === 'deleteWebhook' && refusals-- > 0 ? 'cut' : undefined);
    const desk = await openDesk();
    const id = await desk.start();
    telegram.write({ text: `Buyurun #thread:${id}` });
    await expect.poll(() => desk.messagesOf(id), patience).toHaveLength(1);
    expect(telegram.webhook).toBeUndefined();
  });

  test('one process asks at a time, and another goes on when it ends', async () => {
    const first = await openDesk();
    const id = await first.start();
    telegram.write({ text: `1 #thread:${id}` });
    await expect.poll(() => first.messagesOf(id), patience).toHaveLength(1);
    // One SQLite is for one process: there the next opens when the first has closed.
    const second = shared ? await openDesk() : undefined;
    telegram.write({ text: `2 #thread:${id}` });
    await expect.poll(() => first.messagesOf(id), patience).toHaveLength(2);
    await close(first);
    const last = second ?? (await openDesk());
    telegram.write({ text: `3 #thread:${id}` });
    await expect.poll(() => last.messagesOf(id), patience).toHaveLength(3);
    expect(telegram.conflicts).toBe(0);
  });
});
