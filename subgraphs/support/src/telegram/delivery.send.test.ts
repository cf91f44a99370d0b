import { newId } from '@kopru/runtime/ids.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSupport, type SupportDesk } from '../testing/support.ts';
import { LocalTelegram } from '../testing/telegram.ts';
import { type SendingParts, sendNext } from './delivery.send.ts';
import { TelegramChat, TelegramDelivery } from './rows.ts';
import { TelegramApi } from './telegram.api.ts';

describe.each(backends)('what is given up on $name', ({ open }) => {
  let backend: OpenBackend;
  let telegram: LocalTelegram;
  let desk: SupportDesk;
  let parts: SendingParts;
  let lines: string[];

  beforeEach(async () => {
    backend = await open();
    telegram = await LocalTelegram.open();
    // Without a bot of its own, so that nobody else sends.
    desk = await openSupport(backend.settings);
    lines = [];
    const logger = createLogger('test', 'info', { write: (line) => void lines.push(line) });
    const storage = () => {
      throw new Error('No file is sent here.');
    };
    parts = { database: desk.database, api: new TelegramApi(telegram.setup), storage, logger };
  });
  afterEach(async () => {
    await desk[Symbol.asyncDispose]();
    await telegram[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  /** What waits to be sent, after so many tries. */
  const waiting = async (tries: number): Promise<TelegramDelivery> => {
    const target = { chatId: String(telegram.agentsChat), threadId: newId(), messageId: newId(), file: null };
    const row = { id: newId(), ...target, text: 'Merhaba', tries, dueAt: new Date() };
    await desk.database.write(({ manager }) => manager.insert(TelegramDelivery, row));
    return row;
  };

  test('leaves its chat as quiet as Telegram wants it', async () => {
    await waiting(2);
    telegram.judge = () => ({ code: 429, description: 'Too Many Requests', parameters: { retry_after: 60 } });
    expect(await sendNext(parts)).toBe(true);
    telegram.judge = () => undefined;
    const { id } = await waiting(0);
    expect(await sendNext(parts)).toBe(false);
    const { reader } = desk.database;
    expect(await reader.find(TelegramDelivery)).toEqual([expect.objectContaining({ id, tries: 0 })]);
    const [chat] = await reader.find(TelegramChat);
    expect((chat?.quietUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(30_000);
  });

  test('is logged by what names nothing to anybody', async () => {
    const { id, messageId, threadId } = await waiting(0);
    telegram.judge = () => ({ code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' });
    expect(await sendNext(parts)).toBe(true);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ delivery: id, message: messageId, msg: 'a message could not be sent to Telegram' }),
    ]);
    expect(lines.join()).not.toContain(threadId);
  });
});
