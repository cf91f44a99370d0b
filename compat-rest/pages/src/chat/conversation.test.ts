import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { Connection, ConnectionState } from '../wire/connection.ts';
import type { HistoryPage, MessageRow } from '../wire/rows.ts';
import { Conversation, type SeenMarks } from './conversation.ts';

const row = (id: string): MessageRow => ({
  id,
  thread_id: 'thread',
  sender: 'admin',
  type: 'text',
  content_text: id,
  file_path: null,
  created_at: '2026-01-01 12:00:00',
});
const pageOf = (...ids: string[]): HistoryPage<SeenMarks> => ({
  thread: { visitor_seen_message_id: null, agents_seen_message_id: null },
  messages: ids.map(row),
  before: null,
});

/** A conversation whose server answers when the test says so, in any order. */
function open() {
  const questions: ((answer: object) => void)[] = [];
  const conversation = new Conversation<SeenMarks>(
    {
      state: signal<ConnectionState>('connecting'),
      ask: <Answer extends object>() =>
        new Promise<Answer>((resolve) => questions.push((answer) => resolve(answer as Answer))),
      tell: () => undefined,
    } satisfies Pick<Connection, 'state' | 'ask' | 'tell'>,
    'thread',
    'visitor',
  );
  const ids = () => conversation.log.messages.value.map(({ id }) => id).join('');
  return { conversation, questions, ids };
}

test('what is heard while the history is under way stays', async () => {
  const { conversation, questions, ids } = open();
  conversation.hear(row('a'));
  const read = conversation.refresh();
  conversation.hear(row('c'));
  questions[0]?.(pageOf('a', 'b'));
  await read;
  expect(ids()).toBe('abc');
});

test('what was there before the question and is not in the answer was cleared', async () => {
  const { conversation, questions, ids } = open();
  conversation.hear(row('a'));
  const read = conversation.refresh();
  conversation.hear(row('b'));
  questions[0]?.(pageOf());
  await read;
  expect(ids()).toBe('b');
});

test('an answer that is overtaken by a newer one takes nothing away', async () => {
  const { conversation, questions, ids } = open();
  const early = conversation.refresh();
  conversation.hear(row('b'));
  const late = conversation.refresh();
  questions[1]?.(pageOf('a', 'b'));
  await late;
  questions[0]?.(pageOf('a'));
  await early;
  expect(ids()).toBe('ab');
});
