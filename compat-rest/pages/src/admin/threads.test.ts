import { beforeEach, expect, test, vi } from 'vitest';
import type { AgentThread, MessageRow } from '../wire/rows.ts';

vi.stubGlobal('location', { search: '' });
const { Threads } = await import('./threads.ts');

const thread = (id: string, more: Partial<AgentThread> = {}): AgentThread => ({
  id,
  display_name: `Name of ${id}`,
  status: 'open',
  unread: 0,
  visitor_seen_message_id: null,
  agents_seen_message_id: null,
  created_at: '2026-01-01 12:00:00',
  last_activity_at: '2026-01-01 12:00:00',
  last_message: null,
  last_message_time: null,
  last_message_type: null,
  last_message_sender: null,
  origin: 'web',
  assignee: null,
  account: null,
  ...more,
});
const spoken = (thread_id: string, text: string, created_at: string): MessageRow => ({
  id: text,
  thread_id,
  sender: 'visitor',
  type: 'text',
  content_text: text,
  file_path: null,
  created_at,
});

let threads: InstanceType<typeof Threads>;
let answers: { rows: AgentThread[]; next?: string; meanwhile?: () => void }[];
const ids = () => threads.listed.value.map(({ id }) => id).join('');

beforeEach(() => {
  threads = new Threads();
  answers = [];
  vi.stubGlobal('fetch', async () => {
    const { rows, next, meanwhile } = answers.shift() ?? { rows: [] };
    meanwhile?.();
    const date = new Date('2026-01-01T12:01:00+03:00').toUTCString();
    return Response.json(rows, { headers: { date, ...(next && { 'x-next-cursor': next }) } });
  });
});

test('the newest last message comes first, threads without one last', async () => {
  answers.push({ rows: [thread('a'), thread('b', { last_message_time: '2026-01-01 12:00:01' }), thread('c')] });
  await threads.load();
  expect(ids()[0]).toBe('b');
  threads.spoke(spoken('c', 'hello', '2026-01-01 12:00:02'), false);
  expect(ids()).toBe('cba');
  expect(threads.get('c')).toMatchObject({ last_message: 'hello', last_message_sender: 'visitor', unread: 1 });
  expect(threads.unread.value).toBe(1);
  threads.spoke(spoken('c', 'seen at once', '2026-01-01 12:00:03'), true);
  expect(threads.unread.value).toBe(1);
  expect(threads.spoke(spoken('unknown', 'hello', '2026-01-01 12:00:04'), false)).toBe(false);
});

test('what was told while a list was on its way is newer than the list', async () => {
  answers.push({ rows: [thread('a')] });
  await threads.load();
  answers.push({ rows: [thread('a')], meanwhile: () => threads.change('a', { status: 'resolved' }) });
  await threads.load();
  expect(threads.get('a')?.status).toBe('resolved');
});

test('a list of all says what is gone; a page of it does not', async () => {
  answers.push({ rows: [thread('a'), thread('b')] }, { rows: [thread('b')], next: 'more' }, { rows: [thread('b')] });
  await threads.load();
  await threads.load();
  expect([ids(), threads.cursor.value]).toEqual(['ab', 'more']);
  await threads.load();
  expect([ids(), threads.cursor.value]).toEqual(['b', null]);
});

test('names, last messages and accounts are searched, in the filter that is chosen', async () => {
  const account = { id: 'u', username: 'ayse', display_name: 'Ayşe' };
  answers.push({ rows: [thread('a', { account }), thread('b', { last_message: 'Fatura', status: 'pending' })] });
  await threads.load();
  threads.search.value = ' FATURA';
  expect(ids()).toBe('b');
  threads.search.value = 'ayse';
  expect(ids()).toBe('a');
  threads.filter.value = 'pending';
  expect(ids()).toBe('');
});

test('a visitor is online for two minutes, by the server’s clock', async () => {
  answers.push({
    rows: [
      thread('a', { last_activity_at: '2026-01-01 12:00:00' }),
      thread('b', { last_activity_at: '2026-01-01 11:58:00' }),
    ],
  });
  await threads.load();
  expect([threads.isOnline('a'), threads.isOnline('b')]).toEqual([true, false]);
  threads.heard('b');
  expect(threads.isOnline('b')).toBe(true);
});
