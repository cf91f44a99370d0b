import { beforeAll, expect, test } from 'vitest';
import type { SupportSocket } from '../../client/support.ts';
import type { Place } from '../../place.ts';
import { agentCookie, callSupport, joinAgents, joinSupport, openSupport, signIn } from '../../support.ts';

/** What a socket heard of a thread, as `event text`, in order. */
const heardOf = (socket: SupportSocket, threadId: string, event: string): readonly unknown[] =>
  socket.all(event).flatMap((row) => (row.thread_id === threadId ? [row.content_text] : []));

/** Visitors and agents of the support chat, who call different processes where there are several. */
export function supportChat(place: Place): void {
  let cookie: string;
  beforeAll(async () => {
    cookie = await agentCookie(place);
  });

  test('visitors and agents at different processes hear each other, everything once and in order', async () => {
    const [agent, other, third] = [
      await joinAgents(place, cookie, {}, 0),
      await joinAgents(place, cookie, {}, 1),
      await joinAgents(place, cookie, { transports: ['polling'] }, 1),
    ];
    const visitor = await joinSupport(place, {}, 1);
    const { threadId: thread_id } = visitor;
    const tab = openSupport(place, {}, 0);
    await tab.call('rejoin', { thread_id });
    const [questions, answers]: [string[], string[]] = [[], []];
    for (let number = 0; number < 8; number += 1) {
      questions.push(`question ${number}`);
      answers.push(`answer ${number}`);
      visitor.emit('message_to_admin', { thread_id, type: 'text', text: questions.at(-1) });
      agent.emit('message_to_visitor', { thread_id, type: 'text', text: answers.at(-1) });
    }
    await Promise.all([visitor.settled(), agent.settled()]);
    await visitor.call('message_to_admin', { thread_id, text: 'last' });
    await agent.call('message_to_visitor', { thread_id, text: 'last' });
    for (const socket of [agent, other, third])
      await socket.hears('message_from_visitor', { thread_id, content_text: 'last' });
    for (const socket of [other, third])
      await socket.hears('message_from_telegram', { thread_id, content_text: 'last' });
    for (const socket of [visitor, tab]) await socket.hears('message_from_admin', { thread_id, content_text: 'last' });
    await tab.hears('message_from_visitor', { thread_id, content_text: 'last' });

    for (const socket of [agent, other, third])
      expect(heardOf(socket, thread_id, 'message_from_visitor')).toEqual([...questions, 'last']);
    for (const socket of [other, third])
      expect(heardOf(socket, thread_id, 'message_from_telegram')).toEqual([...answers, 'last']);
    expect(heardOf(agent, thread_id, 'message_from_telegram')).toEqual([]);
    for (const socket of [visitor, tab])
      expect(heardOf(socket, thread_id, 'message_from_admin')).toEqual([...answers, 'last']);
    expect(heardOf(tab, thread_id, 'message_from_visitor')).toEqual([...questions, 'last']);
    expect(heardOf(visitor, thread_id, 'message_from_visitor')).toEqual([]);
  });

  test('20 messages a minute are counted over all processes', async () => {
    const visitor = await joinSupport(place, {}, 0);
    const { threadId: thread_id } = visitor;
    const tab = openSupport(place, {}, 1);
    await tab.call('rejoin', { thread_id });
    for (let number = 0; number < 10; number += 1)
      for (const socket of [visitor, tab])
        expect(await socket.call('message_to_admin', { thread_id, text: `${number}` })).toHaveProperty('message');
    for (const socket of [visitor, tab])
      expect(await socket.call('message_to_admin', { thread_id, text: 'one too many' })).toMatchObject({
        error: { type: 'rate_limit_exceeded' },
      });
  });

  test('an agent who signs out at one process hears nothing more at any', async () => {
    const own = await signIn(place, 0);
    const sockets = [await joinAgents(place, own, {}, 0), await joinAgents(place, own, {}, 1)];
    const witness = await joinAgents(place, cookie, {}, 0);
    await callSupport(place, 'GET', '/logout', { headers: { cookie: own }, at: 1 });
    for (const socket of sockets) {
      await socket.hears('message_error', { type: 'unauthorized' });
      await expect.poll(() => socket.connected).toBe(false);
    }
    const visitor = await joinSupport(place);
    const { threadId: thread_id } = visitor;
    await visitor.call('message_to_admin', { thread_id, text: 'for those who are there' });
    await witness.hears('message_from_visitor', { thread_id });
    for (const socket of sockets) expect(heardOf(socket, thread_id, 'message_from_visitor')).toEqual([]);
  });
}

/** Processes of the support chat that go and come back while people are connected. */
export function supportChatRestart(place: Place): void {
  test('the support subgraph may go and come back, and nobody misses a message', async () => {
    const agent = await joinAgents(place, await agentCookie(place), {}, 0);
    const visitor = await joinSupport(place, {}, 1);
    const { threadId: thread_id } = visitor;
    await visitor.call('message_to_admin', { thread_id, text: 'before' });
    const service = place.installation.services.get('support');
    await service?.kill();
    expect(await visitor.call('message_to_admin', { thread_id, text: 'meanwhile', nonce: 'meanwhile' })).toMatchObject({
      error: { type: 'db_save_failed' },
    });
    await service?.start();
    await visitor.call('message_to_admin', { thread_id, text: 'meanwhile', nonce: 'meanwhile' });
    await agent.call('message_to_visitor', { thread_id, text: 'after' });
    await visitor.hears('message_from_admin', { content_text: 'after' });
    await agent.hears('message_from_visitor', { thread_id, content_text: 'meanwhile' });
    expect(heardOf(agent, thread_id, 'message_from_visitor')).toEqual(['before', 'meanwhile']);
  });

  test('a visitor whose process goes comes back by themselves, and hears what follows', async () => {
    const agent = await joinAgents(place, await agentCookie(place), {}, 0);
    const visitor = await joinSupport(place, { reconnects: true }, 1);
    const { threadId: thread_id } = visitor;
    visitor.socket.on('connect', () => visitor.emit('rejoin', { thread_id }));
    const service = place.installation.services.get('compat 1');
    await service?.kill();
    await expect.poll(() => visitor.connected).toBe(false);
    await service?.start();
    await expect.poll(() => visitor.all('joined')).toHaveLength(2);
    await agent.call('message_to_visitor', { thread_id, text: 'still there?' });
    await visitor.hears('message_from_admin', { content_text: 'still there?' });
  });
}
