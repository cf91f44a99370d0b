import { expect, test } from 'vitest';
import type { MessageRow, Sender } from '../wire/rows.ts';
import { textDraft } from './draft.ts';
import { entriesOf } from './entries.ts';

const row = (id: string, sender: Sender, created_at: string): MessageRow => ({
  id,
  thread_id: 'thread',
  sender,
  type: 'text',
  content_text: id,
  file_path: null,
  created_at,
});
const outline = (messages: readonly MessageRow[], drafts: string[] = []) =>
  entriesOf(
    messages,
    drafts.map((text) => textDraft(text, text)),
    'visitor',
  ).map((entry) =>
    entry.kind === 'message' ? `${entry.row.id}${entry.last ? '.' : ''}` : entry.kind === 'draft' ? 'draft' : 'day',
  );

test('days stand between messages', () => {
  const messages = [row('a', 'visitor', '2026-01-01 12:00:00'), row('b', 'visitor', '2026-01-03 12:00:00')];
  expect(outline(messages)).toEqual(['day', 'a.', 'day', 'b.']);
});

test('what one sender says within five minutes belongs together', () => {
  const messages = [
    row('a', 'visitor', '2026-01-01 12:00:00'),
    row('b', 'visitor', '2026-01-01 12:04:00'),
    row('c', 'visitor', '2026-01-01 12:10:00'),
    row('d', 'admin', '2026-01-01 12:10:01'),
  ];
  expect(outline(messages)).toEqual(['day', 'a', 'b.', 'c.', 'd.']);
});

test('what is on its way comes last, and continues our own', () => {
  expect(outline([row('a', 'visitor', '2026-01-01 12:00:00')], ['one'])).toEqual(['day', 'a', 'draft']);
  expect(outline([row('a', 'admin', '2026-01-01 12:00:00')], ['one'])).toEqual(['day', 'a.', 'draft']);
});
