import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { sampleFiles } from '@kopru/runtime/testing/files.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asService, openSupport, type SupportDesk } from '../testing/support.ts';
import { LocalTelegram } from '../testing/telegram.ts';
import { storedFile } from '../testing/upload.ts';

const patience = { timeout: 25_000 };
const slow = { timeout: 60_000 };
const stranger = 777;

interface Row {
  readonly sender: string;
  readonly type: string;
  readonly text: string | null;
  readonly upload: { readonly id: string } | null;
}

describe.each(backends)('what comes from Telegram to $name', slow, ({ open }) => {
  let backend: OpenBackend;
  let telegram: LocalTelegram;
  let desk: SupportDesk;
  let agent: Awaited<ReturnType<SupportDesk['agent']>>;

  beforeEach(async () => {
    backend = await open();
    telegram = await LocalTelegram.open();
    desk = await openSupport({ ...backend.settings, ...telegram.settings });
    agent = await desk.agent();
  });
  afterEach(async () => {
    await desk[Symbol.asyncDispose]();
    await telegram[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const rows = async (id: string): Promise<Row[]> => {
    const query = `query ($id: ID!) { supportThread(id: $id) { messages(last: 100) { edges { node { sender type text upload { id } } } } } }`;
    const { supportThread } = await desk.data(query, { id });
    return supportThread.messages.edges.map(({ node }: { node: Row }) => node);
  };
  const said = async (id: string): Promise<string[]> => (await rows(id)).map(({ sender, text }) => `${sender} ${text}`);
  const threads = async (): Promise<{ id: string; displayName: string; origin: string }[]> => {
    const query = '{ supportThreads(first: 50) { edges { node { id displayName origin } } } }';
    const { supportThreads } = await desk.data(query, {}, agent);
    return supportThreads.edges.map(({ node }: { node: object }) => node);
  };
  /** A visitor's thread, whose message the agents have in Telegram, and the message that they have. */
  const asked = async (text = 'Merhaba'): Promise<{ id: string; reply_to_message: object }> => {
    const id = await desk.start();
    const before = telegram.texts().length;
    await desk.send(id, text);
    await expect.poll(() => telegram.texts().length, patience).toBe(before + 1);
    const reply_to_message = telegram.lastSent();
    await expect.poll(async () => (await links()).length, patience).toBe(before + 1);
    return { id, reply_to_message };
  };
  const links = (): Promise<object[]> => desk.database.reader.query('SELECT * FROM telegram_links');

  test('an answer to a message is an answer in its thread, without a name', async () => {
    const { id, reply_to_message } = await asked();
    const told: LogEvent[] = await desk.record(`support-thread:${id}`);
    telegram.write({ text: 'Buyurun', reply_to_message: { ...reply_to_message, text: 'cut', from: undefined } });
    await expect.poll(() => said(id), patience).toEqual(['VISITOR Merhaba', 'AGENT Buyurun']);
    const query = 'query ($id: ID!) { supportThread(id: $id) { lastMessage { sender author { id } } } }';
    const { supportThread } = await desk.data(query, { id }, agent);
    expect(supportThread.lastMessage).toEqual({ sender: 'AGENT', author: null });
    await expect.poll(() => told.map(({ type }) => type), patience).toContain('support-message.created');
    // Whoever answers the answer means the same thread; and nothing of it goes back to the agents.
    const update = telegram.write({ text: 'Bir daha', reply_to_message });
    await expect.poll(() => said(id), patience).toContain('AGENT Bir daha');
    telegram.write({
      text: 'Ben de',
      reply_to_message: { message_id: (update.message as { message_id: number }).message_id },
    });
    await expect.poll(() => said(id), patience).toContain('AGENT Ben de');
    expect(telegram.texts()).toHaveLength(1);
  });

  test('a tag names a thread, in what is written or in what it answers', async () => {
    const id = await desk.start();
    telegram.write({ text: `Buyurun\n#thread:${id}` });
    await expect.poll(() => said(id), patience).toEqual(['AGENT Buyurun']);
    const bot = {
      message_id: 9_999_999,
      from: { id: telegram.botId, is_bot: true },
      text: `💬 Ayşe\n\n#thread:${newId()}\n\n#thread:${id}`,
    };
    telegram.write({ text: 'Evet', reply_to_message: bot });
    await expect.poll(() => said(id), patience).toEqual(['AGENT Buyurun', 'AGENT Evet']);
  });

  test('what names no thread is a conversation of its chat', async () => {
    telegram.write({ text: 'Kim var?' }, stranger);
    telegram.write({ text: 'Alo?' }, stranger);
    await expect.poll(async () => (await threads()).length, patience).toBe(1);
    const [thread] = await threads();
    expect(thread).toMatchObject({ displayName: `Telegram-${stranger}`, origin: 'TELEGRAM' });
    await expect.poll(() => said(thread?.id ?? ''), patience).toEqual(['VISITOR Kim var?', 'VISITOR Alo?']);
    // The agents hear of it, and what they answer, wherever they do, goes back to the chat.
    const tag = `#thread:${thread?.id}`;
    const name = `💬 Telegram-${stranger}`;
    await expect
      .poll(() => telegram.texts(), patience)
      .toEqual([`${name}\n\nKim var?\n\n${tag}`, `${name}\n\nAlo?\n\n${tag}`]);
    telegram.write({ text: `Biz ${tag}` });
    await expect.poll(() => telegram.texts(stranger), patience).toEqual(['Biz']);
    await desk.send(thread?.id ?? '', 'Hepimiz', agent);
    await expect.poll(() => telegram.texts(stranger), patience).toEqual(['Biz', 'Hepimiz']);
    telegram.write({ text: 'Öğle arası' });
    await expect
      .poll(async () => (await threads()).map(({ displayName }) => displayName), patience)
      .toContain(`Telegram-${telegram.agentsChat}`);
    expect(telegram.texts()).toHaveLength(2);
  });

  test('nobody but the agents answers in a thread', async () => {
    const { id, reply_to_message } = await asked();
    telegram.write({ text: `I am an agent #thread:${id}`, reply_to_message }, stranger);
    await expect.poll(async () => (await threads()).length, patience).toBe(2);
    telegram.write({ text: 'Hi', reply_to_message, chat: { id: -55, type: 'group' } });
    telegram.write({ text: 'Hi', reply_to_message, from: { id: 5, is_bot: true, first_name: 'B' } });
    telegram.write({ text: 'an end', reply_to_message });
    await expect.poll(() => said(id), patience).toEqual(['VISITOR Merhaba', 'AGENT an end']);
    const own = (await threads()).find(({ origin }) => origin === 'TELEGRAM');
    expect(await said(own?.id ?? '')).toEqual(['VISITOR I am an agent']);
  });

  test('each message is taken once, however often it comes', async () => {
    const { id, reply_to_message } = await asked();
    const update = telegram.write({ text: 'once', reply_to_message });
    telegram.bring(update);
    telegram.bring({ ...update, update_id: update.update_id + 100 } as typeof update);
    await expect.poll(() => said(id), patience).toContain('AGENT once');
    telegram.bring({ ...telegram.update({ text: 'twice', reply_to_message }), update_id: update.update_id + 101 });
    await expect.poll(() => said(id), patience).toEqual(['VISITOR Merhaba', 'AGENT once', 'AGENT twice']);
  });

  test('pictures and sounds come with their captions', async () => {
    const { id, reply_to_message } = await asked();
    const [small, large] = [telegram.store(sampleFiles['image/gif']), telegram.store(sampleFiles['image/jpeg'])];
    telegram.write({ photo: [{ file_id: small }, { file_id: large }], caption: 'Böyle', reply_to_message });
    telegram.write({ voice: { file_id: telegram.store(sampleFiles['audio/ogg']) }, reply_to_message });
    telegram.write({ audio: { file_id: telegram.store(sampleFiles['audio/mpeg']) }, reply_to_message });
    await expect.poll(async () => (await rows(id)).length, patience).toBe(4);
    const [, ...media] = await rows(id);
    expect(media.map(({ sender, type, text }) => [sender, type, text])).toEqual([
      ['AGENT', 'IMAGE', 'Böyle'],
      ['AGENT', 'AUDIO', null],
      ['AGENT', 'AUDIO', null],
    ]);
    expect(await storedFile(desk, 'IMAGE', media[0]?.upload?.id ?? '')).toEqual(sampleFiles['image/jpeg']);
    expect(await storedFile(desk, 'AUDIO', media[1]?.upload?.id ?? '')).toEqual(sampleFiles['audio/ogg']);
  });

  test('a file that is not taken is a word about it, and one that is away for a moment comes later', async () => {
    const { id, reply_to_message } = await asked();
    const page = telegram.store(Buffer.from('<script>alert(1)</script>'));
    telegram.write({ photo: [{ file_id: page }], reply_to_message });
    telegram.write({ photo: [{ file_id: 'gone' }], caption: 'Bakın', reply_to_message });
    let away = 2;
    telegram.judge = ({ method, fields }) =>
      method === 'getFile' && fields.file_id === later && away-- > 0
        ? { code: 500, description: 'Internal' }
        : undefined;
    const later = telegram.store(sampleFiles['audio/ogg']);
    telegram.write({ voice: { file_id: later }, reply_to_message });
    telegram.write({ text: 'behind it', reply_to_message });
    await expect
      .poll(async () => (await rows(id)).map(({ type, text }) => `${type} ${text}`), patience)
      .toEqual([
        'TEXT Merhaba',
        'TEXT 📎 Bu dosya alınamadı.',
        'TEXT Bakın',
        'TEXT 📎 Bu dosya alınamadı.',
        'AUDIO null',
        'TEXT behind it',
      ]);
    const left: { state: string }[] = await desk.database.reader.query(
      "SELECT state FROM uploads WHERE state = 'RESERVED'",
    );
    expect(left).toEqual([]);
  });

  test('of a message whose file stays away the text is kept, and what is behind it comes', async () => {
    const { id, reply_to_message } = await asked();
    telegram.judge = ({ method }) => (method === 'getFile' ? { code: 500, description: 'Internal' } : undefined);
    const tried = (): Promise<{ tries: number }[]> =>
      desk.database.reader.query('SELECT tries FROM telegram_updates WHERE due_at IS NOT NULL AND tries > 0');
    const hasOneTryLeft = async (): Promise<void> => {
      await expect.poll(tried, patience).not.toEqual([]);
      await desk.database.write(({ manager }) =>
        manager.query('UPDATE telegram_updates SET tries = 4 WHERE due_at IS NOT NULL AND tries > 0'),
      );
    };
    telegram.write({ photo: [{ file_id: 'away' }], caption: 'Bakın', reply_to_message });
    await hasOneTryLeft();
    telegram.write({ text: 'behind it', reply_to_message });
    await expect.poll(() => said(id), patience).toContain('AGENT behind it');
    expect(await said(id)).toEqual([
      'VISITOR Merhaba',
      'AGENT Bakın',
      'AGENT 📎 Bu dosya alınamadı.',
      'AGENT behind it',
    ]);
    telegram.write({ voice: { file_id: 'away' }, reply_to_message });
    await hasOneTryLeft();
    await expect.poll(async () => (await said(id)).slice(4), patience).toEqual(['AGENT 📎 Bu dosya alınamadı.']);
  });

  test('what is no message, and what nobody meant, changes nothing', async () => {
    const { id, reply_to_message } = await asked();
    telegram.bring({ update_id: 6_000 });
    telegram.write({ text: '/start' }, stranger);
    telegram.write({ sticker: { file_id: 'x' } }, stranger);
    telegram.write({ text: '   ' }, stranger);
    telegram.write({ text: `gone #thread:${newId()}` });
    telegram.write({ text: 'y'.repeat(4_096), reply_to_message });
    await expect.poll(async () => (await rows(id)).map(({ text }) => text?.length), patience).toEqual([7, 4_000, 96]);
    expect(await threads()).toHaveLength(1);
  });

  test('a stranger may not say more than a visitor', async () => {
    for (let count = 0; count < 25; count++) telegram.write({ text: `${count}` }, stranger);
    telegram.write({ text: 'somebody else' }, stranger + 1);
    await expect.poll(async () => (await threads()).length, patience).toBe(2);
    const spammer = (await threads()).find(({ displayName }) => displayName === `Telegram-${stranger}`);
    await expect.poll(async () => (await said(spammer?.id ?? '')).length, patience).toBe(20);
  });

  test('a thread that was deleted is not written to; a chat begins anew', async () => {
    telegram.write({ text: 'one' }, stranger);
    await expect.poll(async () => (await threads()).length, patience).toBe(1);
    const [before] = await threads();
    await desk.data('mutation { clearAllThreads { count } }', {}, agent);
    expect(await links()).toEqual([]);
    telegram.write({ text: `late #thread:${before?.id}` });
    telegram.write({ text: 'two' }, stranger);
    await expect.poll(async () => (await threads()).length, patience).toBe(1);
    const [after] = await threads();
    expect(after?.id).not.toBe(before?.id);
    expect(await said(after?.id ?? '')).toEqual(['VISITOR two']);
  });

  test('without a webhook, nobody brings anything', async () => {
    const receive =
      'mutation ($update: String!, $secret: String!) { receiveTelegramUpdate(update: $update, secret: $secret) }';
    const update = JSON.stringify(telegram.update({ text: 'x' }));
    expect(await desk.data(receive, { update, secret: '' }, asService)).toEqual({ receiveTelegramUpdate: false });
    expect(await desk.refusal(receive, { update, secret: '' }, newId())).toBe('FORBIDDEN');
  });
});
