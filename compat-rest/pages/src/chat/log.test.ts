import { expect, test } from 'vitest';
import type { MessageRow } from '../wire/rows.ts';
import { MessageLog } from './log.ts';

const row = (id: string): MessageRow => ({
  id,
  thread_id: 'thread',
  sender: 'visitor',
  type: 'text',
  content_text: id,
  file_path: null,
  created_at: '2026-01-01 12:00:00',
});
const rows = (...ids: string[]) => ids.map(row);
const idsOf = (log: MessageLog) => log.messages.value.map(({ id }) => id).join('');

test('a message that is heard twice, or late, is there once and in its place', () => {
  const log = new MessageLog();
  for (const id of ['b', 'd', 'b', 'c']) log.add(row(id));
  expect(idsOf(log)).toBe('bcd');
});

test('older pages come before what is there', () => {
  const log = new MessageLog();
  log.newest(rows('d', 'e'), 'cursor d');
  log.older(rows('b', 'c', 'd'), null);
  expect(idsOf(log)).toBe('bcde');
  expect(log.before.value).toBeNull();
});

test('what was missed is filled in, and older pages stay where no gap lies between', () => {
  const log = new MessageLog();
  log.newest(rows('c', 'd'), 'cursor c');
  log.older(rows('a', 'b'), null);
  log.newest(rows('c', 'd', 'e'), 'cursor c');
  expect(idsOf(log)).toBe('abcde');
  expect(log.before.value).toBeNull();
});

test('older pages go where messages between them and the newest may be missing', () => {
  const log = new MessageLog();
  log.newest(rows('a', 'b'), null);
  log.newest(rows('y', 'z'), 'cursor y');
  expect(idsOf(log)).toBe('yz');
  expect(log.before.value).toBe('cursor y');
});

test('what was cleared meanwhile is gone', () => {
  const log = new MessageLog();
  log.newest(rows('a', 'b'), null);
  log.newest([], null);
  expect(idsOf(log)).toBe('');
  log.newest(rows('a', 'b'), 'cursor a');
  log.clear();
  expect([idsOf(log), log.before.value]).toEqual(['', null]);
});
