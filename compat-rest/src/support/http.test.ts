import { notFound, rateLimited, unauthenticated, unavailable } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import {
  ClearAllThreads,
  ClearThread,
  EndSession,
  RequestAgentCode,
  ThreadMessages,
  Threads,
  VerifyAgentCode,
} from '@kopru/schema/operations/support.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestChat, written } from '../testing/support.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = new TestChat();
  await chat.open();
});
afterEach(() => chat.close());

const call = async (method: string, path: string, headers: Record<string, string> = {}, body?: object) => {
  const answer = await chat.fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
};

describe('signing in', () => {
  test('asks for a code, which is shown only where it could not be sent', async () => {
    const expiresAt = new Date().toISOString();
    chat.graph.on(RequestAgentCode, () => ({ requestAgentCode: { delivered: true, code: null, expiresAt } }));
    expect((await call('POST', '/request-otp')).body).toEqual({ success: true, message: expect.any(String) });
    chat.graph.on(RequestAgentCode, () => ({ requestAgentCode: { delivered: false, code: '123456', expiresAt } }));
    expect((await call('POST', '/request-otp', {}, {})).body).toEqual({
      success: true,
      otp: '123456',
      message: expect.any(String),
    });
  });

  test.each([
    [unavailable(), 500],
    [new Error('a bug'), 500],
    [rateLimited(60), 429],
  ])('says that there is no code: %s', async (thrown, status) => {
    chat.graph.on(RequestAgentCode, () => {
      throw thrown;
    });
    const answer = await call('POST', '/request-otp');
    expect([answer.status, answer.body]).toEqual([
      status,
      { success: false, message: expect.any(String), ...(status === 429 && { reason: 'too_many' }) },
    ]);
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '60' : null);
  });

  test('gives the browser a cookie that names the session, and ends the one it had', async () => {
    const { token } = await chat.ground.tokens.signAccess(newId(), newId(), { agent: true });
    const ended: (string | undefined)[] = [];
    chat.graph
      .on(VerifyAgentCode, () => ({ verifyAgentCode: { accessToken: token } }))
      .on(EndSession, (_variables, caller) => {
        ended.push(caller.token);
        return { logout: { revokedSessionIds: [] } };
      });
    const before = await chat.ground.agent();
    const answer = await call('POST', '/verify-otp', { cookie: before.cookie }, { otp: '123456' });
    expect([answer.status, answer.body]).toEqual([200, { success: true, redirect: '/admin' }]);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^kopru_agent=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(token);
    const sessions = await Promise.all(ended.map((old) => chat.ground.tokens.readAccess(old ?? '')));
    expect(sessions).toMatchObject([{ sessionId: before.sessionId }]);
  });

  test('the cookie is for TLS where a trusted proxy says that the browser speaks it', async () => {
    await chat.open({ TRUST_PROXY: 'true' });
    const { token } = await chat.ground.tokens.signAccess(newId(), newId(), { agent: true });
    chat.graph.on(VerifyAgentCode, () => ({ verifyAgentCode: { accessToken: token } }));
    const answer = await call('POST', '/verify-otp', { 'x-forwarded-proto': 'https' }, { otp: '123456' });
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  test.each([[{ otp: '000000' }], [{ otp: 123456 }], [{}]])('a wrong code is 200 and no session: %j', async (body) => {
    chat.graph.on(VerifyAgentCode, () => {
      throw unauthenticated();
    });
    const answer = await call('POST', '/verify-otp', {}, body);
    expect([answer.status, answer.body, answer.headers.getSetCookie()]).toEqual([
      200,
      { success: false, message: expect.any(String), reason: 'wrong' },
      [],
    ]);
  });

  test('GET /logout ends the session, but not for a page of another site', async () => {
    const { cookie } = await chat.ground.agent();
    chat.graph.on(EndSession, () => ({ logout: { revokedSessionIds: [] } }));
    const lured = await call('GET', '/logout', { cookie, 'sec-fetch-site': 'cross-site' });
    expect([lured.status, lured.headers.get('location'), lured.headers.getSetCookie()]).toEqual([302, '/login', []]);
    expect(chat.asked('EndSession')).toEqual([]);
    const answer = await call('GET', '/logout', { cookie });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/login']);
    expect(answer.headers.get('set-cookie')).toMatch(/^kopru_agent=; .*Max-Age=0/);
    expect(chat.asked('EndSession')).toHaveLength(1);
    expect((await call('GET', '/logout')).headers.get('location')).toBe('/login');
  });
});

describe('what agents ask for', () => {
  const doors = [
    ['GET', '/api/threads', []],
    ['GET', '/api/messages?thread_id=1', []],
    ['POST', '/api/messages/clear?thread_id=1', { error: 'Unauthorized' }],
    ['POST', '/api/messages/clear_all', { error: 'Unauthorized' }],
  ] as const;

  test.each(doors)('%s %s is for a session that lives, from a page of our own', async (method, path, body) => {
    const ended = await chat.ground.agent();
    await chat.ground.endSession(ended.sessionId);
    const { cookie } = await chat.ground.agent();
    const { token } = await chat.ground.tokens.signAccess(newId(), newId(), { agent: true });
    for (const headers of [
      {},
      { cookie: 'kopru_agent=made-up' },
      { cookie: `kopru_agent=${token}` },
      { cookie: ended.cookie },
      { cookie, origin: 'https://evil.example' },
      { cookie, 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[]) {
      const answer = await call(method, path, headers);
      expect([answer.status, answer.body], JSON.stringify(headers)).toEqual([401, body]);
    }
    expect(chat.graph.asked).toEqual([]);
  });

  test('GET /api/threads gives all, in the order of the graph, and a page where one is asked for', async () => {
    const { cookie } = await chat.ground.agent();
    const lastMessage = { sender: 'VISITOR', type: 'TEXT', text: 'Merhaba' } as const;
    const [first, second] = [
      chat.thread('Ahmet', { lastMessage, lastMessageAt: '2024-01-01T09:00:00.000Z' }),
      chat.thread('Ayşe'),
    ];
    chat.graph.on(Threads, ({ after }) => ({
      supportThreads: {
        edges: [{ node: after === 'one' ? second : first }],
        pageInfo: after === 'one' ? { hasNextPage: false, endCursor: 'two' } : { hasNextPage: true, endCursor: 'one' },
      },
    }));
    const all = await call('GET', '/api/threads', { cookie });
    expect(all.body.map((row: { id: string }) => row.id)).toEqual([first.id, second.id]);
    expect(all.body[0]).toMatchObject({
      display_name: 'Ahmet',
      created_at: written,
      last_activity_at: written,
      last_message: 'Merhaba',
      last_message_time: written,
      last_message_sender: 'visitor',
    });
    expect(all.body[1]).toMatchObject({ last_message: null, last_message_time: null });
    const page = await call('GET', '/api/threads?limit=1&status=open', { cookie });
    expect([page.body.length, page.headers.get('x-next-cursor')]).toEqual([1, 'one']);
    expect(chat.asked('Threads').at(-1)?.variables).toMatchObject({ status: 'OPEN', first: 1 });
    const next = await call('GET', '/api/threads?limit=1&cursor=one', { cookie });
    expect([next.body[0].id, next.headers.get('x-next-cursor')]).toEqual([second.id, null]);
    expect((await call('GET', '/api/threads?status=lost', { cookie })).status).toBe(400);
  });

  test('GET /api/messages gives every message of a thread, oldest first', async () => {
    const { cookie } = await chat.ground.agent();
    const thread = chat.thread('Ahmet');
    const rows = [
      chat.message(thread.id),
      chat.message(thread.id, { type: 'IMAGE', text: null, fileUrl: '/uploads/1' }),
    ];
    chat.graph.on(ThreadMessages, ({ threadId }) => {
      if (threadId !== thread.id) throw notFound('SupportThread');
      const edges = rows.map((row) => ({ node: { ...row, author: null } }));
      return { supportThread: { messages: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
    });
    const { body } = await call('GET', `/api/messages?thread_id=${thread.id}`, { cookie });
    expect(body).toMatchObject([
      {
        id: rows[0]?.id,
        thread_id: thread.id,
        sender: 'visitor',
        type: 'text',
        content_text: 'Merhaba',
        file_path: null,
      },
      { id: rows[1]?.id, type: 'image', content_text: null, file_path: '/uploads/1' },
    ]);
    expect(body[0].created_at).toBe(written);
    expect((await call('GET', '/api/messages?thread_id=none', { cookie })).body).toEqual([]);
    expect((await call('GET', '/api/messages', { cookie })).status).toBe(400);
  });

  test('clearing says that it succeeded', async () => {
    const { cookie } = await chat.ground.agent();
    const own = { cookie, origin: chat.url };
    chat.graph
      .on(ClearThread, ({ input }) => ({ clearThread: { thread: { id: input.threadId } } }))
      .on(ClearAllThreads, () => ({ clearAllThreads: { count: 2 } }));
    expect((await call('POST', '/api/messages/clear?thread_id=1', own)).body).toEqual({ success: true });
    expect(chat.asked('ClearThread')[0]?.variables).toEqual({ input: { threadId: '1' } });
    expect((await call('POST', '/api/messages/clear_all', own)).body).toEqual({ success: true });
  });

  test('while identity is away nobody is taken for signed out', async () => {
    const { cookie } = await chat.ground.agent();
    chat.ground.register({
      ...chat.ground.subgraph('identity'),
      name: 'identity',
      execute: async () => {
        throw unavailable();
      },
    });
    expect((await call('GET', '/api/threads', { cookie })).status).toBe(503);
  });
});

test('what is not there is said in the same flat way', async () => {
  expect(await call('GET', '/nowhere')).toMatchObject({ status: 404, body: { error: 'Not found' } });
  expect(await call('DELETE', '/api/threads')).toMatchObject({ status: 405, body: { error: 'Method not allowed' } });
  expect((await call('GET', '/api/rest/nowhere')).body).toMatchObject({ error_code: 7003 });
});
