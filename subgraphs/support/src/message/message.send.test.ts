import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Agent, openSupport, type SupportDesk, sendSupportMessage } from '../testing/support.ts';

const read = 'query ($id: ID!) { supportThread(id: $id) { status lastActivityAt lastMessageAt unreadCount } }';
const setStatus = `mutation ($threadId: ID!, $status: SupportThreadStatus!) {
  setThreadStatus(input: { threadId: $threadId, status: $status }) { thread { status } }
}`;

describe.each(backends)('writing in a support thread on $name', ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  let threadId: string;

  beforeAll(async () => {
    backend = await open();
    desk = await openSupport(backend.settings);
    agent = await desk.agent();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    threadId = await desk.start();
  });

  test('a visitor and an agent talk; everybody hears it, and nobody hears which agent it was', async () => {
    const [inThread, inInbox] = [await desk.record(`support-thread:${threadId}`), await desk.record('support-inbox')];
    const text = '  Merhaba 👋\n';
    const asked = await desk.data(sendSupportMessage, { input: { threadId, text, nonce: 'n 1' } });
    const { message } = asked.sendSupportMessage;
    expect(message).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      threadId,
      sender: 'VISITOR',
      type: 'TEXT',
      text,
      fileUrl: null,
      nonce: 'n 1',
      createdAt: expect.stringMatching(/\.\d{3}Z$/),
      upload: null,
    });
    expect(asked.sendSupportMessage.thread).toEqual({
      id: threadId,
      status: 'OPEN',
      lastMessage: { id: message.id },
      lastMessageAt: message.createdAt,
      unreadCount: 0,
    });
    const answer = await desk.send(threadId, 'Buyurun', agent);
    await expect
      .poll(() => inThread.map(({ type }) => type))
      .toEqual(['support-message.created', 'support-message.created', 'support-thread.updated']);
    await expect.poll(() => inInbox.map(({ id }) => id)).toEqual(inThread.map(({ id }) => id));
    expect(inThread[1]?.payload).toMatchObject({
      message: { id: answer, sender: 'AGENT', text: 'Buyurun' },
      thread: { id: threadId, lastMessageId: answer, agentsSeenMessageId: answer, visitorSeenMessageId: message.id },
    });
    expect(JSON.stringify(inThread)).not.toContain(agent.userId);
  });

  test('whoever is signed in and no agent writes as the visitor', async () => {
    const input = { threadId, text: 'I' };
    const { sendSupportMessage: sent } = await desk.data(sendSupportMessage, { input }, newId());
    expect(sent.message.sender).toBe('VISITOR');
  });

  test.each(['RESOLVED', 'PENDING'])(
    'what a visitor writes opens a %s thread again; an answer does not',
    async (status) => {
      await desk.data(setStatus, { threadId, status }, agent);
      const heard = await desk.record(`support-thread:${threadId}`);
      await desk.send(threadId, 'Done.', agent);
      expect((await desk.data(read, { id: threadId })).supportThread.status).toBe(status);
      await desk.send(threadId, 'Not yet!');
      expect((await desk.data(read, { id: threadId })).supportThread.status).toBe('OPEN');
      const updates = () =>
        heard.filter(({ type }) => type === 'support-thread.updated').map(({ payload }) => payload.thread);
      await expect.poll(updates).toEqual([expect.objectContaining({ status: 'OPEN' })]);
    },
  );

  test('a message of the visitor is a sign of life; one of an agent is none', async () => {
    const seenAt = async () => (await desk.data(read, { id: threadId })).supportThread.lastActivityAt;
    const begun = await seenAt();
    await desk.send(threadId, 'Anybody?', agent);
    expect(await seenAt()).toBe(begun);
    await desk.send(threadId, 'Here.');
    const { supportThread } = await desk.data(read, { id: threadId });
    expect(supportThread.lastActivityAt).toBe(supportThread.lastMessageAt);
  });

  test('what both sides send at once, to one process or two, has one order: of ids, of events, and of the history', async () => {
    await using second = backend.settings.DATABASE_URL ? await openSupport(backend.settings) : null;
    const heard = await desk.record(`support-thread:${threadId}`);
    const sent = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        ((index % 2 && second) || desk).send(threadId, `message ${index}`, index % 3 ? agent : undefined),
      ),
    );
    const told = () =>
      heard
        .filter(({ type }) => type === 'support-message.created')
        .map(({ payload }) => (payload.message as { id: string }).id);
    await expect.poll(told).toHaveLength(30);
    expect(new Set(sent).size).toBe(30);
    expect(told()).toEqual([...sent].sort());
    expect(await desk.messagesOf(threadId)).toEqual(told());
  });

  test('the same nonce ten times at once makes one message and one event', async () => {
    await using second = backend.settings.DATABASE_URL ? await openSupport(backend.settings) : null;
    const heard = await desk.record(`support-thread:${threadId}`);
    const nonce = 'once';
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        ((index % 2 && second) || desk).send(threadId, `try ${index}`, undefined, { nonce }),
      ),
    );
    expect(new Set(ids).size).toBe(1);
    // Another side, another agent, another nonce, or one that differs in case, is another message.
    const others = [
      await desk.send(threadId, 'mine', agent, { nonce }),
      await desk.send(threadId, 'mine', await desk.agent(), { nonce }),
      await desk.send(threadId, 'two', undefined, { nonce: 'ONCE' }),
    ];
    expect(await desk.send(threadId, 'again', agent, { nonce })).toBe(others[0]);
    expect(await desk.messagesOf(threadId)).toEqual([ids[0], ...others]);
    const created = () => heard.filter(({ type }) => type === 'support-message.created');
    await expect.poll(created).toHaveLength(4);
  });

  test('a visitor writes 20 times a minute in a thread; agents are not counted', async () => {
    for (let index = 0; index < 20; index++) await desk.send(threadId, `message ${index}`);
    const { errors } = await desk.execute(sendSupportMessage, { input: { threadId, text: 'too much' } });
    expect(errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    for (let index = 0; index < 25; index++) await desk.send(threadId, `answer ${index}`, agent);
    await desk.send(await desk.start(), 'elsewhere');
    expect(await desk.messagesOf(threadId)).toHaveLength(45);
  });

  test.each([
    ['nothing', { text: '' }, { text: ['Write something.'] }],
    ['no text at all', {}, { text: ['Write something.'] }],
    ['white space', { text: ' \n\u00a0\t' }, { text: ['Write something.'] }],
    ['too much', { text: '👋'.repeat(4001) }, { text: ['At most 4000 characters.'] }],
    ['half a surrogate pair', { text: 'a\ud800b' }, { text: ['Not plain text.'] }],
    ['a NUL', { text: 'a\0b' }, { text: ['Not plain text.'] }],
    ['an empty nonce', { text: 'a', nonce: '' }, { nonce: ['1 to 64 characters.'] }],
    ['a long nonce', { text: 'a', nonce: 'ş'.repeat(65) }, { nonce: ['1 to 64 characters.'] }],
    ['a text with a file', { text: 'a', fileUrl: '/uploads/a' }, { fileUrl: ['Only for pictures and sounds.'] }],
    ['a picture without one', { type: 'IMAGE', text: 'a' }, { fileUrl: ['Upload a file first.'] }],
    [
      'a picture from elsewhere',
      { type: 'IMAGE', fileUrl: 'https://elsewhere.example/a.png' },
      { fileUrl: ['Nothing of this kind was uploaded there.'] },
    ],
  ])('refuses %s', async (_, more, fields) => {
    const { errors } = await desk.execute(sendSupportMessage, { input: { threadId, ...more } });
    expect(errors?.[0]?.extensions).toEqual({ code: 'VALIDATION_FAILED', fields });
    expect(await desk.messagesOf(threadId)).toEqual([]);
  });

  test('a picture or sound that was uploaded is sent by its URL, as what it is, any number of times', async () => {
    for (const [type, other] of [
      ['IMAGE', 'AUDIO'],
      ['AUDIO', 'IMAGE'],
    ] as const) {
      const upload = await desk.upload(type);
      const input = { threadId, type, fileUrl: upload.url, text: 'Look!' };
      expect(await desk.refusal(sendSupportMessage, { input: { ...input, type: other } })).toBe('VALIDATION_FAILED');
      for (const text of ['Look!', null]) {
        const { sendSupportMessage: sent } = await desk.data(sendSupportMessage, { input: { ...input, text } });
        expect(sent.message).toMatchObject({ type, text, fileUrl: upload.url, upload });
      }
    }
  });

  test('there is nothing to write to where there is no thread', async () => {
    for (const id of [newId(), 'x', `${threadId} `])
      for (const as of [undefined, agent, newId()])
        expect(await desk.refusal(sendSupportMessage, { input: { threadId: id, text: 'a' } }, as)).toBe(
          'NOT_FOUND SupportThread',
        );
  });
});
