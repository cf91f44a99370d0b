import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Elsewhere } from '../testing/elsewhere.ts';
import { type Agent, asService, openSupport, type SupportDesk } from '../testing/support.ts';

const shared = 'sharedAccount { servers { id name memberCount } credits { amount totalAmount } sharedAt }';
const share = `mutation ($input: ShareAccountInput!) { shareAccount(input: $input) { thread { id ${shared} } } }`;
const read = `query ($id: ID!) { supportThread(id: $id) { displayName ${shared} } }`;

describe.each(backends)('what a visitor shows of their account on $name', ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  let elsewhere: Elsewhere;
  let ada: string;
  let threadId: string;

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
  beforeEach(async () => {
    ada = newId();
    threadId = await desk.start('Ada', ada);
  });

  const servers = [{ id: 's1', name: 'Galata', memberCount: 3 }];
  const sharedAt = expect.stringMatching(/\.\d{3}Z$/);
  const show = async (what: object) =>
    (await desk.data(share, { input: { threadId, ...what } }, ada)).shareAccount.thread;
  const seenBy = async (as: Agent | string) =>
    (await desk.data(read, { id: threadId }, as)).supportThread.sharedAccount;

  test('is nothing until they say so, what they say from then on, and nothing again', async () => {
    for (const as of [agent, ada]) expect(await seenBy(as)).toBeNull();
    const heard = await desk.record(`support-thread:${threadId}`);
    const all = { servers, credits: { amount: 1, totalAmount: 5 }, sharedAt };
    expect((await show({ servers: true, credits: true })).sharedAccount).toEqual(all);
    for (const as of [agent, ada]) expect(await seenBy(as)).toEqual(all);
    expect((await show({ credits: true })).sharedAccount).toEqual({ ...all, servers: null });
    expect(await seenBy(agent)).toEqual({ ...all, servers: null });
    expect((await show({})).sharedAccount).toBeNull();
    expect(await seenBy(agent)).toBeNull();
    await expect.poll(() => heard.map(({ type }) => type)).toEqual([1, 2, 3].map(() => 'support-thread.updated'));
    expect(JSON.stringify(heard)).not.toContain('Galata');
  });

  test('is a copy: what changes later is not seen', async () => {
    await show({ credits: true });
    elsewhere.credits = 0;
    expect(await seenBy(agent)).toMatchObject({ credits: { amount: 1 } });
    elsewhere.credits = 1;
  });

  test('is for agents and themselves, whoever else knows the thread', async () => {
    await show({ servers: true });
    for (const as of [undefined, newId(), asService]) {
      const { data, errors } = await desk.execute(read, { id: threadId }, as);
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
      expect(data?.supportThread).toEqual({ displayName: 'Ada', sharedAccount: null });
    }
    const r = { id: threadId };
    expect(await desk.refusal(read, r, { audience: [`support-thread:${threadId}`] })).toBe('VIEWER_REQUIRED');
  });

  test('is shown by nobody else, and asked of nobody for them', async () => {
    const asked = elsewhere.asked;
    const input = { threadId, servers: true, credits: true };
    expect(await desk.refusal(share, { input })).toBe('UNAUTHENTICATED');
    for (const as of [newId(), agent]) expect(await desk.refusal(share, { input }, as)).toBe('FORBIDDEN SupportThread');
    const anonymous = await desk.start();
    expect(await desk.refusal(share, { input: { ...input, threadId: anonymous } }, ada)).toBe(
      'FORBIDDEN SupportThread',
    );
    expect(await desk.refusal(share, { input: { ...input, threadId: newId() } }, ada)).toBe('NOT_FOUND SupportThread');
    expect(elsewhere.asked).toBe(asked);
    expect(await seenBy(agent)).toBeNull();
  });
});
