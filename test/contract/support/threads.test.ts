import { beforeAll, expect, test } from 'vitest';
import type { Data } from '../../client/support.ts';
import { overEveryBackend } from '../../place.ts';
import { callSupport, joinAgents, joinSupport, openSupport, signIn, type Visitor } from '../../support.ts';
import { covers } from '../covers.ts';

type Rows = readonly Data[];

overEveryBackend((place) => {
  let cookie: string;
  beforeAll(async () => {
    cookie = await signIn(place);
  });
  const call = (method: string, path: string) => callSupport(place, method, path, { headers: { cookie } });
  const say = async (visitor: Visitor, text: string): Promise<Data> => {
    const { message } = await visitor.call('message_to_admin', { thread_id: visitor.threadId, type: 'text', text });
    return message as Data;
  };

  test('GET /api/threads lists the newest last message first, and threads without one last', async () => {
    covers('support:GET /api/threads', 'support rule:threads by their last message');
    const visitors = [await joinSupport(place), await joinSupport(place), await joinSupport(place)];
    const [first, silent, second] = visitors as [Visitor, Visitor, Visitor];
    await say(second, 'earlier');
    await say(first, 'later');
    const { status, body } = await call('GET', '/api/threads');
    expect(status).toBe(200);
    const own = (body as Rows).filter(({ id }) => visitors.some(({ threadId }) => threadId === id));
    expect(own.map(({ id }) => id)).toEqual([first.threadId, second.threadId, silent.threadId]);
    const naive = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(own[0]).toMatchObject({
      display_name: expect.stringContaining('Ahmet'),
      created_at: naive,
      last_activity_at: naive,
      last_message: 'later',
      last_message_time: naive,
      status: 'open',
      origin: 'web',
      unread: 1,
      assignee: null,
      account: null,
    });
    expect(own[2]).toMatchObject({ last_message: null, last_message_time: null, unread: 0 });

    const page = await call('GET', '/api/threads?limit=1');
    expect(page.body).toMatchObject([{ id: first.threadId }]);
    const cursor = encodeURIComponent(page.headers.get('x-next-cursor') ?? '');
    expect((await call('GET', `/api/threads?limit=1&cursor=${cursor}`)).body).toMatchObject([{ id: second.threadId }]);
    expect((await call('GET', '/api/threads?status=resolved')).body).toEqual([]);
  });

  test('GET /api/messages lists a thread whole, oldest first', async () => {
    covers('support:GET /api/messages?thread_id=X');
    const visitor = await joinSupport(place);
    const sent = [await say(visitor, 'one'), await say(visitor, 'two')];
    const { status, body } = await call('GET', `/api/messages?thread_id=${visitor.threadId}`);
    expect([status, body]).toEqual([200, sent.map((row) => ({ ...row, author: null }))]);
    expect((await call('GET', '/api/messages?thread_id=8e2f0c55-5a7f-4a0c-9d1b-000000000000')).body).toEqual([]);
    expect((await call('GET', '/api/messages')).status).toBe(400);
  });

  test('a visitor and agents read the history page by page, each what is theirs', async () => {
    covers(
      'support emit:history',
      'support rule:a visitor is shown what is theirs',
      'support rule:private stays with agents',
    );
    const [visitor, agent] = [await joinSupport(place), await joinAgents(place, cookie)];
    const { threadId: thread_id } = visitor;
    await say(visitor, 'one');
    await agent.call('message_to_visitor', { thread_id, text: 'two' });
    await say(visitor, 'three');
    const texts = (rows: unknown) => (rows as Rows).map(({ content_text }) => content_text);
    const newest = await visitor.call('history', { thread_id, limit: 2 });
    expect(texts(newest.messages)).toEqual(['two', 'three']);
    const rest = await visitor.call('history', { thread_id, limit: 2, before: newest.before });
    expect([texts(rest.messages), rest.before]).toEqual([['one'], null]);
    // Whoever writes has seen what was there.
    const [answer, last] = newest.messages as Rows;
    expect(newest.thread).toEqual({
      thread_id,
      display_name: expect.stringContaining('Ahmet'),
      status: 'open',
      unread: 0,
      visitor_seen_message_id: last?.id,
      agents_seen_message_id: answer?.id,
    });
    for (const row of newest.messages as Rows) expect(row).not.toHaveProperty('author');

    const theirs = await agent.call('history', { thread_id });
    expect(texts(theirs.messages)).toEqual(['one', 'two', 'three']);
    expect(theirs.thread).toMatchObject({ id: thread_id, unread: 1 });
    expect((theirs.messages as Rows)[1]).toMatchObject({
      sender: 'admin',
      author: { display_name: expect.any(String) },
    });
    expect(await agent.call('history', { thread_id: '8e2f0c55-5a7f-4a0c-9d1b-000000000000' })).toMatchObject({
      error: { type: 'not_found' },
    });
  });

  test('typing and what was seen reach the other side', async () => {
    covers('support emit:typing', 'support hear:typing', 'support emit:seen', 'support hear:thread_updated');
    const [visitor, agent] = [await joinSupport(place), await joinAgents(place, cookie)];
    const { threadId: thread_id } = visitor;
    visitor.emit('typing', { thread_id });
    expect(await agent.hears('typing', { thread_id })).toEqual({ thread_id, sender: 'visitor' });
    agent.emit('typing', { thread_id });
    expect(await visitor.hears('typing')).toEqual({ thread_id, sender: 'admin' });
    const { id: message_id } = await say(visitor, 'seen?');
    expect(await agent.call('seen', { thread_id, message_id })).toMatchObject({
      thread: { id: thread_id, agents_seen_message_id: message_id, unread: 0 },
    });
    await expect
      .poll(() => visitor.all('thread_updated').map(({ thread }) => (thread as Data).agents_seen_message_id))
      .toContain(message_id);
    const { message } = (await agent.call('message_to_visitor', { thread_id, text: 'yes' })) as { message?: Data };
    expect(await visitor.call('seen', { thread_id, message_id: message?.id })).toMatchObject({
      thread: { thread_id, visitor_seen_message_id: message?.id, unread: 0 },
    });
    expect(visitor.all('typing')).toHaveLength(1);
  });

  test('agents share who looks after a thread, its status, and notes; the visitor sees the status alone', async () => {
    covers('support emit:assign', 'support emit:set_status', 'support emit:notes', 'support emit:add_note');
    covers('support hear:note_added', 'support hear:thread_started', 'support rule:private stays with agents');
    const [agent, other] = [await joinAgents(place, cookie), await joinAgents(place, cookie)];
    const visitor = await joinSupport(place);
    const { threadId: thread_id } = visitor;
    await expect.poll(() => other.all('thread_started').map(({ thread }) => (thread as Data).id)).toContain(thread_id);
    const { agent: self } = (await agent.call('admin_join')) as { agent?: Data };
    expect(self).toEqual({ id: expect.any(String), username: 'support', display_name: expect.any(String) });
    const assigned = await agent.call('assign', { thread_id, assignee_id: self?.id });
    expect(assigned.thread).toMatchObject({ id: thread_id, assignee: { id: self?.id } });
    expect((await agent.call('assign', { thread_id, assignee_id: null })).thread).toMatchObject({ assignee: null });
    expect((await agent.call('set_status', { thread_id, status: 'resolved' })).thread).toMatchObject({
      status: 'resolved',
    });
    expect(await agent.call('set_status', { thread_id, status: 'lost' })).toHaveProperty(
      'error.type',
      'invalid_message',
    );
    const { note } = (await agent.call('add_note', { thread_id, text: 'asks for a refund' })) as { note?: Data };
    expect(note).toMatchObject({ thread_id, text: 'asks for a refund', author: { id: self?.id } });
    for (const socket of [agent, other]) await expect.poll(() => socket.all('note_added')).toContainEqual({ note });
    expect(await other.call('notes', { thread_id })).toEqual({ notes: [note] });

    await expect
      .poll(() => visitor.all('thread_updated').map(({ thread }) => (thread as Data).status))
      .toContain('resolved');
    await visitor.settled();
    expect(JSON.stringify(visitor.inbox.items)).not.toMatch(/refund|assignee|author|note/);
    // A visitor who writes again reopens it.
    await say(visitor, 'one more thing');
    await expect
      .poll(() =>
        other
          .all('thread_updated')
          .map(({ thread }) => (thread as Data).status)
          .at(-1),
      )
      .toBe('open');
  });

  test('clearing takes the messages of a thread away, for everybody', async () => {
    covers('support:POST /api/messages/clear?thread_id=X', 'support hear:messages_cleared');
    const [visitor, agent] = [await joinSupport(place), await joinAgents(place, cookie)];
    const { threadId: thread_id } = visitor;
    await say(visitor, 'gone soon');
    const answer = await call('POST', `/api/messages/clear?thread_id=${thread_id}`);
    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
    for (const socket of [visitor, agent]) await socket.hears('messages_cleared', { thread_id });
    expect((await call('GET', `/api/messages?thread_id=${thread_id}`)).body).toEqual([]);
    await say(visitor, 'still here');
  });

  test('clearing everything takes the threads away, too', async () => {
    covers('support:POST /api/messages/clear_all', 'support hear:all_cleared', 'support hear:rejoin_failed');
    const [visitor, agent] = [await joinSupport(place), await joinAgents(place, cookie)];
    const { threadId: thread_id } = visitor;
    await say(visitor, 'gone soon');
    expect((await call('POST', '/api/messages/clear_all')).body).toEqual({ success: true });
    await agent.hears('all_cleared');
    await visitor.hears('rejoin_failed', { thread_id });
    expect((await call('GET', '/api/threads')).body).toEqual([]);
    expect(await visitor.call('message_to_admin', { thread_id, text: 'hello?' })).toHaveProperty('error');
    const again = openSupport(place);
    again.emit('rejoin', { thread_id });
    await again.hears('rejoin_failed', { thread_id });
  });
});
