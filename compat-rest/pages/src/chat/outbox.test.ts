import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../wire/failure.ts';
import type { MessageRow } from '../wire/rows.ts';
import { FileRefused } from '../wire/upload.ts';
import type { Draft } from './draft.ts';
import { Outbox, type OutboxGround } from './outbox.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const rowOf = ({ nonce, type, text, fileUrl }: Draft): MessageRow => ({
  id: nonce,
  thread_id: 'thread',
  sender: 'visitor',
  type,
  content_text: text,
  file_path: fileUrl,
  created_at: '2026-01-01 12:00:00',
  nonce,
});

/** A server that does what `answers` say, then takes everything. */
function open(answers: (Error | 'taken')[] = [], storage = new Map<string, string>()) {
  const sent: MessageRow[] = [];
  const asked: Draft[] = [];
  const ground: OutboxGround = {
    send: async (draft) => {
      asked.push(draft);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return rowOf(draft);
    },
    upload: async ({ file }, progress) => {
      progress(0.5);
      if (file.type === 'image/svg+xml') throw new FileRefused('type');
      return `/uploads/${file.type}`;
    },
    sent: (row) => sent.push(row),
    keep: {
      read: () => [...storage.values()],
      write: (nonce, text) => {
        if (text === null) storage.delete(nonce);
        else storage.set(nonce, text);
      },
    },
  };
  return { outbox: new Outbox(ground), ground, sent, asked, storage };
}

test('messages are sent in order, and then forgotten', async () => {
  const { outbox, sent, storage } = open();
  outbox.addText('one');
  outbox.addFile('image', new Blob([], { type: 'image/png' }));
  outbox.addText('two');
  await vi.waitFor(() => expect(outbox.drafts.value).toEqual([]));
  expect(sent.map((row) => row.content_text ?? row.file_path)).toEqual(['one', '/uploads/image/png', 'two']);
  expect(storage.size).toBe(0);
});

test('what could not be sent is tried again with the same nonce, and what follows waits', async () => {
  const { outbox, asked, sent } = open([new Failure('away'), new Failure('db_save_failed')]);
  outbox.addText('one');
  outbox.addText('two');
  await vi.advanceTimersByTimeAsync(4_000);
  expect(outbox.drafts.value).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
  await vi.advanceTimersByTimeAsync(4_000);
  expect([asked.length, sent]).toEqual([2, []]);
  await outbox.flush();
  expect(sent.map(({ content_text }) => content_text)).toEqual(['one', 'two']);
  expect(new Set(asked.slice(0, 3).map(({ nonce }) => nonce)).size).toBe(1);
});

test('a server that is busy is asked again when it says so', async () => {
  const { outbox, sent } = open([new Failure('rate_limit_exceeded', 'slowly', 20_000)]);
  outbox.addText('one');
  await vi.advanceTimersByTimeAsync(19_000);
  expect(outbox.drafts.value).toMatchObject([{ state: 'waiting', problem: 'busy' }]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toHaveLength(1);
});

test('a refusal waits for the writer, and holds nothing up', async () => {
  const { outbox, sent } = open([new Failure('invalid_message')]);
  outbox.addText('refused');
  outbox.addText('good');
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(outbox.drafts.value).toMatchObject([{ text: 'refused', state: 'failed', problem: 'refused' }]);
  outbox.retry(outbox.drafts.value[0]?.nonce ?? '');
  await vi.waitFor(() => expect(sent).toHaveLength(2));
});

test('a file that is not taken says why', async () => {
  const { outbox, asked } = open();
  outbox.addFile('image', new Blob([], { type: 'image/svg+xml' }));
  await vi.waitFor(() => expect(outbox.drafts.value).toMatchObject([{ state: 'failed', problem: 'type' }]));
  expect(asked).toEqual([]);
});

test('a file is uploaded once, however often its message is tried', async () => {
  const { outbox, ground, sent } = open([new Failure('away')]);
  const upload = vi.spyOn(ground, 'upload');
  outbox.addFile('audio', new Blob([], { type: 'audio/webm' }));
  await vi.advanceTimersByTimeAsync(0);
  expect(outbox.drafts.value).toMatchObject([{ state: 'waiting', fileUrl: '/uploads/audio/webm' }]);
  await outbox.flush();
  expect([upload.mock.calls.length, sent.length]).toEqual([1, 1]);
});

test('words survive a reload', async () => {
  const first = open([new Failure('away')]);
  first.outbox.addText('kept');
  await vi.advanceTimersByTimeAsync(0);
  const second = open([], first.storage);
  await second.outbox.flush();
  expect(second.sent).toMatchObject([{ content_text: 'kept', nonce: first.outbox.drafts.value[0]?.nonce }]);
});

test('what is read again is sent in the order of writing, in whatever order it is kept', async () => {
  const first = open([new Failure('away')]);
  for (const text of ['one', 'two', 'three']) first.outbox.addText(text);
  await vi.advanceTimersByTimeAsync(0);
  const second = open([], new Map([...first.storage].reverse()));
  await second.outbox.flush();
  expect(second.sent.map(({ content_text }) => content_text)).toEqual(['one', 'two', 'three']);
});

test('a message whose answer was lost is known by its nonce', async () => {
  const { outbox, storage } = open([new Failure('away')]);
  outbox.addText('stored after all');
  await vi.advanceTimersByTimeAsync(0);
  outbox.settle(outbox.drafts.value.map(rowOf));
  expect([outbox.drafts.value, storage.size]).toEqual([[], 0]);
});

test('a message discarded while its file goes up is not sent', async () => {
  const going = Promise.withResolvers<string>();
  const { outbox, ground, asked } = open();
  vi.spyOn(ground, 'upload').mockImplementation((_draft, _progress, abort) => {
    abort.addEventListener('abort', () => going.reject(new Failure('away')));
    return going.promise;
  });
  outbox.addFile('image', new Blob([], { type: 'image/png' }));
  outbox.discard(outbox.drafts.value[0]?.nonce ?? '');
  await expect(going.promise).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked, outbox.drafts.value]).toEqual([[], []]);
});

test('what is behind a discarded upload goes at once', async () => {
  const { outbox, ground, sent } = open();
  vi.spyOn(ground, 'upload').mockImplementation((_draft, _progress, abort) => {
    const going = Promise.withResolvers<string>();
    abort.addEventListener('abort', () => going.reject(new Failure('away')));
    return going.promise;
  });
  outbox.addFile('image', new Blob([], { type: 'image/png' }));
  outbox.addText('behind it');
  outbox.discard(outbox.drafts.value[0]?.nonce ?? '');
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.map(({ content_text }) => content_text)).toEqual(['behind it']);
});
