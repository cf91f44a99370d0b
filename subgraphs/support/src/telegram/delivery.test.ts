import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { sampleFiles } from '@kopru/runtime/testing/files.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asService, openSupport, type SupportDesk } from '../testing/support.ts';
import { LocalTelegram } from '../testing/telegram.ts';
import { uploadFile } from '../testing/upload.ts';

const patience = { timeout: 25_000 };
/** Tries that wait for each other, on machines that do more than this. */
const slow = { timeout: 60_000 };
const deliver = 'mutation ($code: String!) { deliverAgentCode(code: $code) }';

describe.each(backends)('what visitors write, sent to Telegram from $name', slow, ({ open }) => {
  let backend: OpenBackend;
  let telegram: LocalTelegram;
  let desk: SupportDesk;
  let threadId: string;
  let told: LogEvent[];
  const opened: SupportDesk[] = [];

  const openDesk = async (): Promise<SupportDesk> => {
    const another = await openSupport({ ...backend.settings, ...telegram.settings });
    opened.push(another);
    return another;
  };
  const failures = (): unknown[] =>
    told.filter(({ type }) => type === 'support-delivery.failed').map(({ payload }) => payload.messageId);
  const text = (words: string, name = 'Ayşe'): string => `💬 ${name}\n\n${words}\n\n#thread:${threadId}`;
  const waiting = async (): Promise<number> => {
    const [row]: { count: number }[] = await desk.database.reader.query(
      'SELECT COUNT(*) AS count FROM telegram_deliveries',
    );
    return Number(row?.count);
  };

  beforeEach(async () => {
    backend = await open();
    telegram = await LocalTelegram.open();
    desk = await openDesk();
    threadId = await desk.start();
    told = await desk.record(`support-thread:${threadId}`);
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each[Symbol.asyncDispose]();
    await telegram[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  test('is what the agents know, once, and linked to its thread', async () => {
    await desk.send(threadId, 'Merhaba');
    await expect.poll(() => telegram.texts(), patience).toEqual([text('Merhaba')]);
    expect(telegram.sent[0]?.fields).toEqual({ chat_id: String(telegram.agentsChat), text: text('Merhaba') });
    const links = () => desk.database.reader.query('SELECT chat_id, message_id, thread_id FROM telegram_links');
    const link = { chat_id: String(telegram.agentsChat), message_id: telegram.sent[0]?.messageId, thread_id: threadId };
    await expect.poll(links, patience).toEqual([link]);
    await expect.poll(waiting, patience).toBe(0);
    await desk.send(threadId, 'from an agent', await desk.agent());
    await desk.send(threadId, 'again');
    await expect.poll(() => telegram.texts(), patience).toEqual([text('Merhaba'), text('again')]);
  });

  test('comes in its order', async () => {
    const words = Array.from({ length: 8 }, (_, index) => `${index}`);
    for (const word of words) await desk.send(threadId, word);
    await expect.poll(() => telegram.texts(), patience).toEqual(words.map((word) => text(word)));
  });

  test('is sent again after a refusal, as late as Telegram wants it', async () => {
    const asked: number[] = [];
    telegram.judge = ({ method }) => {
      if (method !== 'sendMessage') return undefined;
      asked.push(Date.now());
      return asked.length === 1
        ? { code: 429, description: 'Too Many Requests: retry after 2', parameters: { retry_after: 2 } }
        : undefined;
    };
    const other = await desk.start('Mehmet');
    await desk.send(threadId, 'one');
    await expect.poll(() => asked.length, patience).toBe(1);
    await desk.send(other, 'another thread');
    await expect.poll(() => telegram.texts().length, patience).toBe(2);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect(failures()).toEqual([]);
  });

  test('is given up after three tries, of which the visitor is told, and those behind it come', async () => {
    const tries: unknown[] = [];
    telegram.judge = ({ fields }) => {
      if (!String(fields.text).includes('lost')) return undefined;
      tries.push(fields.text);
      return tries.length === 2 ? 'cut' : { code: 502, description: 'Bad Gateway' };
    };
    const lost = await desk.send(threadId, 'lost');
    await desk.send(threadId, 'found');
    await expect.poll(() => telegram.texts(), patience).toEqual([text('found')]);
    expect(tries).toHaveLength(3);
    await expect.poll(failures, patience).toEqual([lost]);
    expect(await desk.messagesOf(threadId)).toContain(lost);
    await expect.poll(waiting, patience).toBe(0);
  });

  test('is given up at once where it would never be taken', async () => {
    telegram.judge = () => ({ code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' });
    const lost = await desk.send(threadId, 'lost');
    await expect.poll(failures, patience).toEqual([lost]);
    expect(telegram.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1);
  });

  test('comes at least once where the answer is lost', async () => {
    let cut = false;
    telegram.judge = ({ method }) => {
      if (method !== 'sendMessage' || cut) return undefined;
      cut = true;
      return 'cut after';
    };
    await desk.send(threadId, 'Merhaba');
    await expect.poll(() => telegram.texts(), patience).toEqual([text('Merhaba'), text('Merhaba')]);
    await expect.poll(waiting, patience).toBe(0);
  });

  test('a message that was refused is not sent', async () => {
    const again = { nonce: 'n' };
    const first = await desk.send(threadId, 'once', undefined, again);
    expect(await desk.send(threadId, 'once', undefined, again)).toBe(first);
    expect(
      await desk.refusal(
        'mutation { sendSupportMessage(input: { threadId: "x", text: "no" }) { message { id } } }',
        {},
      ),
    ).toBe('NOT_FOUND SupportThread');
    await desk.send(threadId, 'twice');
    await expect.poll(() => telegram.texts(), patience).toEqual([text('once'), text('twice')]);
  });

  test('pictures and sounds come as such', async () => {
    const send = async (type: 'IMAGE' | 'AUDIO', contentType: keyof typeof sampleFiles, caption?: string) => {
      const url = await uploadFile(desk, type, contentType);
      await desk.data(
        'mutation ($input: SendSupportMessageInput!) { sendSupportMessage(input: $input) { message { id } } }',
        { input: { threadId, type, fileUrl: url, text: caption } },
      );
    };
    await send('IMAGE', 'image/png', 'Bakın');
    await send('AUDIO', 'audio/ogg');
    await send('AUDIO', 'audio/webm');
    await expect.poll(() => telegram.sent.length, patience).toBe(3);
    telegram.judge = ({ method }) =>
      method === 'sendPhoto' ? { code: 400, description: 'PHOTO_INVALID_DIMENSIONS' } : undefined;
    await expect.poll(() => telegram.sent.length, patience).toBe(3);
    await send('IMAGE', 'image/jpeg');
    await expect.poll(() => telegram.sent.length, patience).toBe(4);
    const bare = `💬 Ayşe\n\n#thread:${threadId}`;
    expect(telegram.sent.map(({ method, fields, file }) => [method, fields.caption, file?.content])).toEqual([
      ['sendPhoto', text('Bakın'), sampleFiles['image/png']],
      ['sendVoice', bare, sampleFiles['audio/ogg']],
      ['sendAudio', bare, sampleFiles['audio/webm']],
      ['sendDocument', bare, sampleFiles['image/jpeg']],
    ]);
  });

  test('goes with all threads', async () => {
    telegram.judge = ({ method }) => (method === 'sendMessage' ? { code: 500, description: 'Internal' } : undefined);
    await desk.send(threadId, 'never');
    await expect.poll(() => telegram.calls.filter(({ method }) => method === 'sendMessage').length, patience).toBe(1);
    await desk.data('mutation { clearAllThreads { count } }', {}, await desk.agent());
    telegram.judge = () => undefined;
    threadId = await desk.start('Veli');
    await desk.send(threadId, 'first');
    await expect.poll(() => telegram.texts(), patience).toEqual([text('first', 'Veli')]);
    await expect.poll(waiting, patience).toBe(0);
  });

  test('a code goes to the agents at once, after a failure again, and to nobody else', async () => {
    expect(await desk.refusal(deliver, { code: '1' }, newId())).toBe('FORBIDDEN');
    expect(await desk.data(deliver, { code: '123456' }, asService)).toEqual({ deliverAgentCode: true });
    let fails = 2;
    telegram.judge = () => (fails-- > 0 ? 'cut' : undefined);
    expect(await desk.data(deliver, { code: '654321' }, asService)).toEqual({ deliverAgentCode: true });
    const code = (digits: string): string => `🔐 Admin OTP Kodu: ${digits}\n\n⏰ 5 dakika geçerli`;
    expect(telegram.texts()).toEqual([code('123456'), code('654321')]);
    telegram.judge = () => 'cut';
    expect(await desk.refusal(deliver, { code: '1' }, asService)).toBe('UNAVAILABLE');
  });
});

test('where there is no bot, a code goes nowhere', async () => {
  await using desk = await openSupport({});
  expect(await desk.data(deliver, { code: '123456' }, asService)).toEqual({ deliverAgentCode: false });
});

describe.each(backends.filter(({ shared }) => shared))('several processes on $name', slow, ({ open }) => {
  let backend: OpenBackend;
  let telegram: LocalTelegram;
  const opened: SupportDesk[] = [];

  const openDesk = async (): Promise<SupportDesk> => {
    const desk = await openSupport({ ...backend.settings, ...telegram.settings });
    opened.push(desk);
    return desk;
  };

  beforeEach(async () => {
    backend = await open();
    telegram = await LocalTelegram.open();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each[Symbol.asyncDispose]();
    await telegram[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  test('send each message once, and those of a thread in their order', async () => {
    const desks = [await openDesk(), await openDesk(), await openDesk()] as const;
    const threads = await Promise.all(Array.from({ length: 6 }, () => desks[0].start()));
    const write = async (threadId: string): Promise<void> => {
      for (const [index, desk] of desks.entries()) await desk.send(threadId, `${index}`);
    };
    await Promise.all(threads.map(write));
    await expect.poll(() => telegram.texts().length, patience).toBe(18);
    for (const id of threads) {
      const texts = telegram.texts().filter((text) => String(text).endsWith(id));
      expect(texts).toEqual(['0', '1', '2'].map((word) => `💬 Ayşe\n\n${word}\n\n#thread:${id}`));
    }
  });

  test('go on with what one of them had to send when it ended', async () => {
    const first = await openDesk();
    telegram.judge = () => ({ code: 500, description: 'Internal' });
    const threadId = await first.start();
    await first.send(threadId, 'Merhaba');
    await expect.poll(() => telegram.calls.filter(({ method }) => method === 'sendMessage').length, patience).toBe(1);
    opened.pop();
    await first[Symbol.asyncDispose]();
    telegram.judge = () => undefined;
    await openDesk();
    await expect.poll(() => telegram.texts(), patience).toEqual([`💬 Ayşe\n\nMerhaba\n\n#thread:${threadId}`]);
  });
});
