import { beforeAll, describe, expect, test } from 'vitest';
import type { Transport } from '../../client/support.ts';
import { overEveryBackend } from '../../place.ts';
import { joinAgents, joinSupport, openSupport, signIn } from '../../support.ts';
import { covers } from '../covers.ts';

const transports: readonly (readonly Transport[])[] = [['websocket'], ['polling'], ['polling', 'websocket']];
const turkish = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);

overEveryBackend((place) => {
  let cookie: string;
  beforeAll(async () => {
    cookie = await signIn(place);
  });

  describe.each(transports)('over %s', (...used) => {
    test('what a visitor and an agent say reaches the other, once, as documented', async () => {
      covers('support emit:join', 'support hear:joined', 'support emit:admin_join');
      covers('support emit:message_to_admin', 'support hear:message_from_visitor');
      covers(
        'support emit:message_to_visitor',
        'support hear:message_from_admin',
        'support hear:message_from_telegram',
      );
      covers('support hear:new_message_notification', 'support rule:an answer goes to the other admins');
      covers('support rule:times are Turkish', 'support rule:empty fields are null', 'support rule:both transports');
      const [agent, other] = [await joinAgents(place, cookie, { transports: used }), await joinAgents(place, cookie)];
      const visitor = await joinSupport(place, { transports: used });
      const { threadId: thread_id } = visitor;
      if (used.length > 1) await expect.poll(() => visitor.transport).toBe('websocket');

      visitor.emit('message_to_admin', { thread_id, type: 'text', text: 'Merhaba' });
      const question = { id, thread_id, sender: 'visitor', type: 'text', content_text: 'Merhaba', file_path: null };
      for (const socket of [agent, other]) {
        const told = await socket.hears('message_from_visitor', { thread_id });
        expect(told).toMatchObject({ ...question, created_at: turkish });
        const shown = Date.parse(`${String(told.created_at).replace(' ', 'T')}+03:00`);
        expect(Math.abs(Date.now() - shown)).toBeLessThan(60_000);
        expect(await socket.hears('new_message_notification', { thread_id })).toEqual({
          thread_id,
          display_name: expect.stringContaining('Ahmet'),
          message_preview: 'Merhaba',
          timestamp: turkish,
        });
      }

      agent.emit('message_to_visitor', { thread_id, type: 'text', text: 'Buyurun' });
      const reply = { ...question, sender: 'admin', content_text: 'Buyurun', created_at: turkish };
      const told = await visitor.hears('message_from_admin');
      expect(told).toMatchObject(reply);
      expect(await other.hears('message_from_telegram', { id: told.id })).toMatchObject(reply);
      await Promise.all([visitor, agent, other].map((socket) => socket.settled()));
      const ofThread = (socket: typeof agent) =>
        socket.inbox.items.filter(({ data }) => data.thread_id === thread_id).map(({ event }) => event);
      expect(ofThread(visitor)).toEqual(['joined', 'message_from_admin']);
      expect(ofThread(agent)).toEqual(['message_from_visitor', 'new_message_notification']);
      expect(ofThread(other)).toEqual(['message_from_visitor', 'new_message_notification', 'message_from_telegram']);
    });
  });

  test('a preview is 50 characters long', async () => {
    covers('support rule:a preview has 50 characters');
    const agent = await joinAgents(place, cookie);
    const { threadId: thread_id, ...visitor } = await joinSupport(place);
    const text = 'ğ'.repeat(50);
    const { message } = await visitor.socket.emitWithAck('message_to_admin', { thread_id, type: 'text', text });
    expect(message).toMatchObject({ content_text: text });
    expect(await agent.hears('new_message_notification', { thread_id })).toMatchObject({ message_preview: text });
    await visitor.socket.emitWithAck('message_to_admin', { thread_id, type: 'text', text: `${text}!` });
    await agent.hears('new_message_notification', { thread_id, message_preview: `${text}...` });
  });

  test('a heartbeat shows admins that the visitor is there', async () => {
    covers('support emit:heartbeat', 'support hear:visitor_online');
    const agent = await joinAgents(place, cookie);
    const { threadId: thread_id, ...visitor } = await joinSupport(place);
    visitor.socket.emit('heartbeat', { thread_id });
    expect(await agent.hears('visitor_online', { thread_id })).toEqual({ thread_id });
  });

  test('a visitor who comes back rejoins, and hears what follows', async () => {
    covers('support emit:rejoin', 'support hear:rejoin_failed', 'support rule:a returning visitor rejoins');
    const before = await joinSupport(place);
    const { threadId: thread_id } = before;
    await before.close();
    const visitor = openSupport(place);
    visitor.emit('rejoin', { thread_id });
    expect(await visitor.hears('joined')).toEqual({ thread_id });
    const agent = await joinAgents(place, cookie);
    agent.emit('message_to_visitor', { thread_id, type: 'text', text: 'Buyurun' });
    await visitor.hears('message_from_admin', { thread_id, content_text: 'Buyurun' });
    for (const none of ['8e2f0c55-5a7f-4a0c-9d1b-000000000000', 'no id at all', '']) {
      visitor.emit('rejoin', { thread_id: none });
      expect(await visitor.hears('rejoin_failed', { thread_id: none })).toEqual({
        thread_id: none,
        message: expect.any(String),
      });
    }
    await visitor.settled();
    expect(visitor.all('joined')).toHaveLength(1);
  });

  test('a visitor writes, listens and looks only where their own connection joined', async () => {
    covers('support rule:a visitor writes where they joined', 'support error:unauthorized');
    const [one, other, agent] = [await joinSupport(place), await joinSupport(place), await joinAgents(place, cookie)];
    const { threadId: thread_id } = one;
    for (const event of ['message_to_admin', 'heartbeat', 'history', 'typing', 'seen'])
      expect(await other.call(event, { thread_id, text: 'Merhaba', message_id: thread_id }), event).toMatchObject({
        error: { type: 'unauthorized' },
      });
    expect(other.all('message_error')).toEqual([{ type: 'unauthorized', message: expect.any(String) }]);
    await one.call('message_to_admin', { thread_id, text: 'last' });
    await agent.hears('message_from_visitor', { thread_id, content_text: 'last' });
    expect(agent.all('message_from_visitor').filter((row) => row.thread_id === thread_id)).toHaveLength(1);
    expect(agent.all('visitor_online').filter((row) => row.thread_id === thread_id)).toEqual([]);
    await other.settled();
    expect(other.names).toEqual(['joined', 'message_error']);
  });

  test('without the session of an agent nothing is joined, sent or told', async () => {
    covers('support rule:agents have a session');
    const visitor = await joinSupport(place);
    const { threadId: thread_id } = visitor;
    const stranger = openSupport(place);
    const refused = { type: 'unauthorized', message: expect.any(String) };
    stranger.emit('admin_join');
    stranger.emit('message_to_visitor', { thread_id, type: 'text', text: 'I am your agent' });
    await stranger.inbox.atLeast(2, 'message_error');
    expect(stranger.all('message_error')).toEqual([refused, refused]);
    for (const event of ['assign', 'set_status', 'notes', 'add_note'])
      expect(await stranger.call(event, { thread_id, status: 'open', text: 'x' }), event).toMatchObject({
        error: { type: 'unauthorized' },
      });
    await visitor.call('message_to_admin', { thread_id, text: 'Merhaba' });
    const { messages } = (await visitor.call('history', { thread_id })) as { messages?: unknown };
    expect(messages).toMatchObject([{ content_text: 'Merhaba' }]);
    await stranger.settled();
    expect(stranger.names).toEqual(['message_error', 'message_error']);
  });

  test('what cannot be a message is refused, and nothing is stored', async () => {
    covers('support error:invalid_message', 'support rule:calls are answered once', 'support rule:files are our own');
    const visitor = await joinSupport(place);
    const { threadId: thread_id } = visitor;
    const bodies = [
      {},
      { text: '' },
      { text: '   ' },
      { text: 7 },
      { text: 'x'.repeat(4_001) },
      { type: 'video', text: 'x' },
      { type: 'image' },
      { type: 'image', file_url: 'https://evil.example/x.png' },
      { type: 'audio', file_url: '/uploads/images/never.png' },
      { text: 'x', nonce: 'x'.repeat(65) },
    ];
    for (const body of bodies)
      expect(await visitor.call('message_to_admin', { thread_id, ...body }), JSON.stringify(body)).toEqual({
        error: { type: 'invalid_message', message: expect.any(String) },
      });
    expect(visitor.all('message_error').map(({ type }) => type)).toEqual(bodies.map(() => 'invalid_message'));
    expect(await visitor.call('history', { thread_id })).toMatchObject({ messages: [] });
  });

  test('a visitor sends 20 messages a minute', async () => {
    covers('support error:rate_limit_exceeded', 'support hear:message_error');
    const visitor = await joinSupport(place);
    const { threadId: thread_id } = visitor;
    for (let number = 1; number <= 20; number += 1)
      expect(await visitor.call('message_to_admin', { thread_id, text: `${number}` })).toHaveProperty('message');
    const { error } = await visitor.call('message_to_admin', { thread_id, text: '21' });
    expect(error).toMatchObject({ type: 'rate_limit_exceeded', retry_after: expect.any(Number) });
    expect(await visitor.hears('message_error')).toMatchObject({ type: 'rate_limit_exceeded' });
    // Another connection of the same visitor does not help.
    const tab = openSupport(place);
    await tab.call('rejoin', { thread_id });
    expect(await tab.call('message_to_admin', { thread_id, text: '21' })).toHaveProperty(
      'error.type',
      'rate_limit_exceeded',
    );
  });

  test('the same nonce gives the first message again, and nobody hears it twice', async () => {
    covers('support rule:a nonce sends once');
    const agent = await joinAgents(place, cookie);
    const visitor = await joinSupport(place);
    const { threadId: thread_id } = visitor;
    const first = await visitor.call('message_to_admin', { thread_id, text: 'once', nonce: 'n1' });
    expect(first.message).toMatchObject({ content_text: 'once', nonce: 'n1' });
    await visitor.close();
    const again = openSupport(place);
    await again.call('rejoin', { thread_id });
    expect(await again.call('message_to_admin', { thread_id, text: 'once', nonce: 'n1' })).toEqual(first);
    await again.call('message_to_admin', { thread_id, text: 'last' });
    await agent.hears('message_from_visitor', { thread_id, content_text: 'last' });
    expect(agent.all('message_from_visitor').filter((row) => row.thread_id === thread_id)).toHaveLength(2);
  });
});
