import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { ThreadEvents } from '@kopru/schema/operations/support.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestChat } from '../testing/support.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = new TestChat();
  await chat.open();
});
afterEach(() => chat.close());

test('a flood is refused, and ends nothing', async () => {
  const visitor = await chat.visitor();
  const heartbeat = { thread_id: visitor.threadId };
  const answers = await Promise.all(Array.from({ length: 200 }, () => visitor.call('heartbeat', heartbeat)));
  const refused = answers.filter(({ error }) => error !== undefined);
  // The join was one of the 120.
  expect(refused).toHaveLength(81);
  expect(refused[0]).toMatchObject({ error: { type: 'rate_limit_exceeded', retry_after: 60 } });
  expect(chat.asked('Heartbeat')).toHaveLength(119);
  visitor.emit('message_to_admin', { ...heartbeat, text: 'Merhaba' });
  expect(await visitor.first('message_error')).toMatchObject({ type: 'rate_limit_exceeded' });
  expect(visitor.socket.connected).toBe(true);
});

test('an agent may do more', async () => {
  const [agent, visitor] = [await chat.agent(), await chat.visitor()];
  const message = { thread_id: visitor.threadId, text: 'Buyurun' };
  const answers = await Promise.all(Array.from({ length: 150 }, () => agent.call('message_to_visitor', message)));
  expect(answers.filter(({ error }) => error !== undefined)).toEqual([]);
});

test('events are obeyed one after the other, however long each takes', async () => {
  const visitor = await chat.visitor();
  const texts = Array.from({ length: 20 }, (_, number) => `message ${number}`);
  for (const text of texts) visitor.emit('message_to_admin', { thread_id: visitor.threadId, text });
  await visitor.settled();
  expect(chat.asked('SendToAgents').map(({ variables }) => (variables.input as { text: string }).text)).toEqual(texts);
});

test('an event that nobody knows changes nothing', async () => {
  const visitor = await chat.visitor();
  visitor.emit('constructor', {});
  visitor.emit('__proto__', {});
  expect(await visitor.call('toString', {})).toMatchObject({ error: { type: 'invalid_message' } });
  expect(visitor.all('message_error')).toEqual([]);
});

test('a connection joins 20 threads and no more', async () => {
  const visitor = chat.client();
  for (let number = 0; number < 20; number += 1) await visitor.call('join', { display_name: 'Ahmet' });
  expect(await visitor.call('join', { display_name: 'Ahmet' })).toMatchObject({
    error: { type: 'rate_limit_exceeded' },
  });
  const [first] = chat.threads.keys();
  expect(await visitor.call('rejoin', { thread_id: first })).toMatchObject({ thread_id: first });
});

describe('pages of other origins', () => {
  const from = (origin: string) => chat.client({ extraHeaders: { origin } });

  test('are let in unless there is a list, and not with the session of an agent', async () => {
    const { cookie } = await chat.ground.agent();
    const elsewhere = chat.client({ extraHeaders: { origin: 'https://evil.example', cookie } });
    expect(await elsewhere.call('admin_join')).toMatchObject({ error: { type: 'unauthorized' } });
    expect(await elsewhere.call('join', { display_name: 'Ahmet' })).toHaveProperty('thread_id');
    const own = chat.client({ extraHeaders: { origin: chat.url, cookie } });
    expect(await own.call('admin_join')).toHaveProperty('agent');
  });

  test('have to be listed where there is one', async () => {
    await chat.open({ CORS_ORIGINS: 'https://shop.example' });
    expect(await from('https://shop.example').call('join', { display_name: 'Ahmet' })).toHaveProperty('thread_id');
    const refused = from('https://evil.example').socket;
    const why = await new Promise<Error>((resolve) => {
      refused.on('connect_error', resolve);
    });
    expect(why.message).toBe('websocket error');
    const poll = (origin: string) => chat.fetch('/socket.io/?EIO=4&transport=polling', { headers: { origin } });
    expect((await poll('https://evil.example')).status).toBe(403);
    const good = await poll('https://shop.example');
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([200, 'https://shop.example']);
    const preflight = await chat.fetch('/socket.io/?EIO=4&transport=polling', {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect([preflight.ok, preflight.headers.get('access-control-allow-origin')]).toEqual([
      true,
      'https://shop.example',
    ]);
  });
});

test('whoever does not read what they are told is hung up on', async () => {
  const visitor = await chat.visitor();
  const { threadId } = visitor;
  const [feed] = chat.graph.listening(ThreadEvents, { threadId });
  // Its socket takes nothing more.
  const websocket: { pause(): void } = Reflect.get(visitor.socket.io.engine.transport, 'ws');
  websocket.pause();
  const text = 'x'.repeat(4_000);
  await eventually(() => {
    for (let number = 0; number < 500; number += 1)
      chat.graph.deliver(
        {
          data: {
            supportThreadEvents: {
              __typename: 'SupportMessageCreated',
              message: chat.message(threadId, { sender: 'AGENT', text }),
            },
          },
        },
        feed ? [feed] : [],
      );
    expect(chat.graph.sinks.size).toBe(0);
  });
});

test('a stop hangs up on everybody, who may come back', async () => {
  const clients = [await chat.visitor(), await chat.agent()];
  const reasons: string[] = [];
  for (const { socket } of clients) socket.on('disconnect', (reason) => reasons.push(reason));
  await chat.open();
  await expect.poll(() => reasons).toEqual(['transport close', 'transport close']);
});
