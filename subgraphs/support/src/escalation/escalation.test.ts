import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Elsewhere } from '../testing/elsewhere.ts';
import { type Agent, nameOf, openSupport, type SupportDesk } from '../testing/support.ts';

const thread = `thread { id displayName status origin unreadCount escalation { kind sourceId }
  messages(last: 100) { edges { node { sender text } } } }`;
const escalateMessage = `mutation ($id: ID!) { escalateMessage(input: { messageId: $id }) { ${thread} } }`;
const escalateDream = `mutation ($id: ID!) { escalateDream(input: { dreamId: $id }) { ${thread} } }`;
const account = 'query ($id: ID!) { supportThread(id: $id) { account { id } } }';

describe.each(backends)('what becomes a support thread on $name', ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  let elsewhere: Elsewhere;
  let ada: string;
  let can: string;

  beforeAll(async () => {
    backend = await open();
    elsewhere = new Elsewhere();
    desk = await openSupport(backend.settings, { peers: elsewhere.peers });
    agent = await desk.agent();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    [ada, can] = [newId(), newId()];
  });

  interface Thread {
    readonly id: string;
    readonly messages: {
      readonly edges: readonly { readonly node: { readonly sender: string; readonly text: string } }[];
    };
  }
  const ofMessage = async (id: string, as: string): Promise<Thread> =>
    (await desk.data(escalateMessage, { id }, as)).escalateMessage.thread;
  const ofDream = async (id: string, as: string): Promise<Thread> =>
    (await desk.data(escalateDream, { id }, as)).escalateDream.thread;
  const texts = ({ messages }: Thread) => messages.edges.map(({ node }) => node.text);
  const countThreads = async () => (await desk.database.reader.query('SELECT id FROM support_threads')).length;

  test('a message takes along what its reader can see around it: who said what, and when', async () => {
    const channel = elsewhere.channel(ada, can);
    const ids = Array.from({ length: 30 }, (_, index) =>
      elsewhere.say(channel, index % 2 ? ada : can, `word ${index}`),
    );
    const heard = await desk.record('support-inbox');
    const made = await ofMessage(ids[15] ?? '', ada);
    expect(made).toMatchObject({
      displayName: nameOf(ada),
      status: 'OPEN',
      origin: 'WEB',
      unreadCount: 0,
      escalation: { kind: 'MESSAGE', sourceId: ids[15] },
    });
    expect(texts(made)).toEqual([
      '#general, Galata',
      ...Array.from({ length: 21 }, (_, index) => index + 5).map(
        (index) => `${nameOf(index % 2 ? ada : can)}, 2026-02-16 12:34 UTC\nword ${index}`,
      ),
    ]);
    expect(new Set(made.messages.edges.map(({ node }) => node.sender))).toEqual(new Set(['VISITOR']));
    expect((await desk.data(account, { id: made.id }, agent)).supportThread.account).toEqual({ id: ada });
    await expect
      .poll(() => heard.map(({ type }) => type))
      .toEqual(['support-thread.started', ...Array.from({ length: 22 }, () => 'support-message.created')]);
  });

  test('a dream takes along what its author and the analyst said, whole, and no instructions', async () => {
    const long = 'a b '.repeat(1_500);
    const id = elsewhere.dream({
      authorId: ada,
      title: 'A bridge',
      said: [
        ['SYSTEM', 'Be kind.'],
        ['USER', 'I stood on a bridge.'],
        ['ANALYST', long],
      ],
    });
    const made = await ofDream(id, ada);
    const [title, mine, ...analysis] = texts(made);
    expect([title, mine]).toEqual(['A bridge', '2026-02-16 12:34 UTC\nI stood on a bridge.']);
    expect(analysis).toHaveLength(2);
    expect(analysis.join('')).toBe(`Analyst, 2026-02-16 12:34 UTC\n${long}`);
    expect(made).toMatchObject({ escalation: { kind: 'DREAM', sourceId: id } });
    expect(texts(made).join()).not.toContain('Be kind.');
  });

  test('only who may read it hands it over; nothing is left of a try', async () => {
    const message = elsewhere.say(elsewhere.channel(can), can, 'between us');
    const dream = elsewhere.dream({ authorId: can, title: 'Mine', said: [['USER', 'alone']] });
    const before = await countThreads();
    for (const as of [ada, agent]) {
      expect(await desk.refusal(escalateMessage, { id: message }, as)).toBe('NOT_FOUND Message');
      expect(await desk.refusal(escalateDream, { id: dream }, as)).toBe('NOT_FOUND Dream');
    }
    const asked = elsewhere.asked;
    for (const [query, id] of [
      [escalateMessage, message],
      [escalateDream, dream],
    ] as const)
      expect(await desk.refusal(query, { id })).toBe('UNAUTHENTICATED');
    expect(elsewhere.asked).toBe(asked);
    expect(await countThreads()).toBe(before);
    await ofMessage(message, can);
  });

  test('the same thing of the same person is the same thread, also ten times at once', async () => {
    await using second = backend.settings.DATABASE_URL
      ? await openSupport(backend.settings, { peers: elsewhere.peers })
      : null;
    const channel = elsewhere.channel(ada, can);
    const [one, two] = [elsewhere.say(channel, can, 'one'), elsewhere.say(channel, can, 'two')];
    const before = await countThreads();
    const made = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const { escalateMessage: made } = await ((index % 2 && second) || desk).data(escalateMessage, { id: one }, ada);
        return made.thread.id;
      }),
    );
    expect(new Set(made).size).toBe(1);
    expect(await countThreads()).toBe(before + 1);
    const others = [await ofMessage(two, ada), await ofMessage(one, can)];
    expect(new Set([made[0], ...others.map(({ id }) => id)]).size).toBe(3);
    expect((await ofMessage(one, ada)).id).toBe(made[0]);
  });

  test('when all threads are cleared, the same thing may become one again', async () => {
    const message = elsewhere.say(elsewhere.channel(ada), ada, 'again');
    const first = await ofMessage(message, ada);
    await desk.data('mutation { clearAllThreads { count } }', {}, agent);
    const second = await ofMessage(message, ada);
    expect(second.id).not.toBe(first.id);
    expect(texts(second)).toEqual(texts(first));
  });

  test('somebody makes 20 of them an hour', async () => {
    const channel = elsewhere.channel(ada);
    const ids = Array.from({ length: 21 }, (_, index) => elsewhere.say(channel, ada, `${index}`));
    for (const id of ids.slice(0, 20)) await ofMessage(id, ada);
    expect(await desk.refusal(escalateMessage, { id: ids[20] }, ada)).toBe('RATE_LIMITED');
    await ofMessage(ids[0] ?? '', ada);
  });
});
