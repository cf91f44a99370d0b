import { forbidden, notFound, rateLimited, unavailable, validationFailed } from '@kopru/runtime/errors.ts';
import { Inbox, SendToAgents, ThreadEvents } from '@kopru/schema/operations/support.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestChat, written } from '../testing/support.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = new TestChat();
  await chat.open();
});
afterEach(() => chat.close());

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe.each([['websocket'], ['polling']] as const)('over %s', (transport) => {
  test('a visitor begins a thread and writes, an agent answers, and each hears the other once', async () => {
    const agent = await chat.agent();
    const visitor = chat.client({ transports: [transport] });
    visitor.emit('join', { display_name: 'Ahmet' });
    const joined = await visitor.first('joined');
    expect(joined).toEqual({ thread_id: uuid });
    visitor.emit('message_to_admin', { ...joined, type: 'text', text: 'Merhaba' });
    const row = { id: uuid, ...joined, type: 'text', file_path: null, created_at: written, nonce: uuid };
    expect(await agent.first('message_from_visitor')).toEqual({
      ...row,
      sender: 'visitor',
      content_text: 'Merhaba',
      author: null,
    });
    expect(await agent.first('new_message_notification')).toEqual({
      ...joined,
      display_name: 'Ahmet',
      message_preview: 'Merhaba',
      timestamp: written,
    });
    agent.emit('message_to_visitor', { ...joined, type: 'text', text: 'Buyurun' });
    expect(await visitor.first('message_from_admin')).toEqual({ ...row, sender: 'admin', content_text: 'Buyurun' });
    await Promise.all([agent.settled(), visitor.settled()]);
    expect(visitor.heard.map(([event]) => event)).toEqual(['joined', 'message_from_admin']);
    expect(agent.heard.map(([event]) => event)).toEqual(['message_from_visitor', 'new_message_notification']);
  });
});

test('an answer is told to the other agents as if it had come by Telegram, never to whoever sent it', async () => {
  const [one, other] = [await chat.agent(), await chat.agent()];
  const visitor = await chat.visitor();
  const { message } = await one.call('message_to_visitor', {
    thread_id: visitor.threadId,
    text: 'Buyurun',
    nonce: 'n',
  });
  expect(message).toMatchObject({ sender: 'admin', content_text: 'Buyurun', nonce: 'n' });
  expect(await other.first('message_from_telegram')).toEqual(message);
  await one.settled();
  expect(one.heard).toEqual([]);
});

test("a nonce is its sender's own in one thread alone", async () => {
  const [one, other] = [await chat.agent(), await chat.agent()];
  const [first, second] = [await chat.visitor(), await chat.visitor()];
  await one.call('message_to_visitor', { thread_id: first.threadId, text: 'Buyurun', nonce: '1' });
  const { message } = await other.call('message_to_visitor', { thread_id: second.threadId, text: 'Olur', nonce: '1' });
  expect(await one.first('message_from_telegram')).toEqual(message);
});

test('nobody begins a thread whose place on the connection is taken', async () => {
  const visitor = chat.client();
  for (let number = 0; number < 20; number += 1) await visitor.call('join', { display_name: 'Ahmet' });
  const begun = chat.threads.size;
  expect(await visitor.call('join', { display_name: 'Ahmet' })).toMatchObject({
    error: { type: 'rate_limit_exceeded' },
  });
  expect(chat.threads.size).toBe(begun);
});

test('a second tab of a visitor hears what the first one sends, and the first does not', async () => {
  const visitor = await chat.visitor();
  const tab = chat.client();
  expect(await tab.call('rejoin', { thread_id: visitor.threadId })).toMatchObject({ thread_id: visitor.threadId });
  const { message } = await visitor.call('message_to_admin', { thread_id: visitor.threadId, text: 'Merhaba' });
  expect(await tab.first('message_from_visitor')).toEqual(message);
  await visitor.settled();
  expect(visitor.all('message_from_visitor')).toEqual([]);
});

test('whoever comes back to a thread that is no more is told so', async () => {
  const visitor = chat.client();
  visitor.emit('rejoin', { thread_id: 'c0ffee' });
  expect(await visitor.first('rejoin_failed')).toEqual({ thread_id: 'c0ffee', message: expect.any(String) });
  expect(await visitor.call('rejoin', { thread_id: 'c0ffee' })).toEqual({
    error: { type: 'not_found', message: expect.any(String) },
  });
  expect(visitor.all('message_error')).toEqual([]);
});

test('a visitor writes only to a thread that their own connection joined', async () => {
  const [one, other] = [await chat.visitor(), await chat.visitor()];
  other.emit('message_to_admin', { thread_id: one.threadId, text: 'Merhaba' });
  expect(await other.first('message_error')).toEqual({ type: 'unauthorized', message: expect.any(String) });
  expect(chat.asked('SendToAgents')).toEqual([]);
});

test('only agents do what is theirs', async () => {
  const visitor = await chat.visitor();
  for (const event of ['admin_join', 'message_to_visitor', 'assign', 'set_status', 'notes', 'add_note'])
    expect(await visitor.call(event, { thread_id: visitor.threadId }), event).toMatchObject({
      error: { type: 'unauthorized' },
    });
  expect(visitor.all('message_error').map(({ type }) => type)).toEqual(['unauthorized', 'unauthorized']);
  expect(chat.graph.listening(Inbox)).toEqual([]);
  expect(chat.asked('SendToVisitor')).toEqual([]);
});

test('visitors are nobody to the graph, agents are who they are', async () => {
  const { userId, cookie } = await chat.ground.agent();
  const agent = await chat.agent(cookie);
  const visitor = await chat.visitor();
  await visitor.call('message_to_admin', { thread_id: visitor.threadId, text: 'Merhaba' });
  await agent.call('message_to_visitor', { thread_id: visitor.threadId, text: 'Merhaba' });
  expect(chat.asked('SendToAgents')[0]?.caller.token).toBeUndefined();
  const token = chat.asked('SendToVisitor')[0]?.caller.token ?? '';
  expect(await chat.ground.tokens.verifyAccess(token)).toMatchObject({ userId, agent: true });
});

test("an agent's socket is told when the session ends, and hears nothing more", async () => {
  const { sessionId, cookie } = await chat.ground.agent();
  const [ended, other] = [await chat.agent(cookie), await chat.agent()];
  await chat.ground.endSession(sessionId);
  expect(await ended.first('message_error')).toMatchObject({ type: 'unauthorized' });
  await expect.poll(() => ended.socket.connected).toBe(false);
  expect(chat.graph.listening(Inbox)).toHaveLength(1);
  expect(other.socket.connected).toBe(true);
  const again = chat.client({ extraHeaders: { cookie } });
  expect(await again.call('admin_join')).toMatchObject({ error: { type: 'unauthorized' } });
});

test('an agent stays one beyond the life of an access token', async () => {
  const { cookie } = await chat.ground.agent(undefined, 61);
  const agent = await chat.agent(cookie);
  const caller = chat.asked('Inbox')[0]?.caller;
  const first = caller?.token;
  await expect.poll(() => caller?.token).not.toBe(first);
  expect(agent.socket.connected).toBe(true);
});

test('a session that runs out ends like one that is ended', async () => {
  const { cookie } = await chat.ground.agent(undefined, 61);
  const agent = await chat.agent(cookie);
  vi.spyOn(chat.ground.subgraph('identity'), 'execute').mockResolvedValue({ data: { sessionAccess: null } });
  expect(await agent.first('message_error')).toMatchObject({ type: 'unauthorized' });
  await expect.poll(() => agent.socket.connected).toBe(false);
  expect(chat.graph.sinks.size).toBe(0);
});

test('an agent whose session cannot be renewed for now comes back', async () => {
  const { cookie } = await chat.ground.agent(undefined, 61);
  const agent = await chat.agent(cookie);
  const reason = new Promise((resolve) => agent.socket.on('disconnect', resolve));
  vi.spyOn(chat.ground.subgraph('identity'), 'execute').mockRejectedValue(unavailable());
  expect(await reason).toBe('transport close');
  expect(agent.all('message_error')).toEqual([]);
  await expect.poll(() => chat.graph.sinks.size).toBe(0);
});

test.each([
  [rateLimited(7), 'rate_limit_exceeded', { retry_after: 7 }],
  [unavailable(), 'db_save_failed', {}],
  [validationFailed({ text: ['Too long.'] }), 'invalid_message', {}],
  [forbidden('No.'), 'forbidden', {}],
])('%s is %s to whoever sent it', async (thrown, type, more) => {
  chat.graph.on(SendToAgents, () => {
    throw thrown;
  });
  const visitor = await chat.visitor();
  const message = { thread_id: visitor.threadId, text: 'Merhaba' };
  expect(await visitor.call('message_to_admin', message)).toEqual({
    error: { type, message: expect.any(String), ...more },
  });
  expect(await visitor.first('message_error')).toEqual({
    type: type === 'forbidden' ? 'unauthorized' : type,
    message: expect.any(String),
  });
});

test.each([[null], ['text'], [[]], [{}], [{ display_name: 7 }], [{ display_name: null }]])(
  'what cannot be read is invalid: %j',
  async (data) => {
    const visitor = chat.client();
    expect(await visitor.call('join', data)).toMatchObject({ error: { type: 'invalid_message' } });
    expect(visitor.all('message_error')).toMatchObject([{ type: 'invalid_message' }]);
    expect(chat.asked('StartThread')).toEqual([]);
  },
);

test('only who sent a message hears that Telegram did not take it', async () => {
  const visitor = await chat.visitor();
  const { threadId } = visitor;
  const tab = chat.client();
  await tab.call('rejoin', { thread_id: threadId });
  const { message } = await visitor.call('message_to_admin', { thread_id: threadId, text: 'Merhaba' });
  const messageId = (message as { id: string }).id;
  chat.tell(threadId, { __typename: 'SupportDeliveryFailed', threadId, messageId });
  expect(await visitor.first('message_error')).toEqual({
    type: 'telegram_send_failed',
    message: expect.any(String),
    thread_id: threadId,
    message_id: messageId,
  });
  await tab.settled();
  expect(tab.heard.map(([event]) => event)).toEqual(['joined', 'message_from_visitor']);
});

test('what a connection held is given back when it goes', async () => {
  const [visitor, agent] = [await chat.visitor(), await chat.agent()];
  expect(chat.graph.sinks.size).toBe(2);
  visitor.socket.disconnect();
  agent.socket.disconnect();
  await expect.poll(() => chat.graph.sinks.size).toBe(0);
});

test('a thread whose feed is lost is joined again by the client, one that is no more is left', async () => {
  const [lost, gone] = [await chat.visitor(), await chat.visitor()];
  const feed = (threadId: string) => chat.graph.listening(ThreadEvents, { threadId })[0];
  feed(lost.threadId)?.error([unavailable().toJSON()]);
  await expect.poll(() => lost.socket.connected).toBe(false);
  feed(gone.threadId)?.error([notFound('SupportThread').toJSON()]);
  expect(await gone.first('rejoin_failed')).toMatchObject({ thread_id: gone.threadId });
  expect(gone.socket.connected).toBe(true);
});
