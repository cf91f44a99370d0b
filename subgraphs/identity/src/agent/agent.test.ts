import { unavailable } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestIdentity } from '../testing/people.ts';

const request = 'mutation { requestAgentCode { delivered code expiresAt } }';
const verify = `mutation ($code: String!) { verifyAgentCode(input: { code: $code }) {
  user { id username email sessions { id current agent } } session { id agent expiresAt } accessToken refreshToken expiresIn
} }`;
const refresh = `mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) {
  session { id agent expiresAt } accessToken refreshToken expiresIn
} }`;
const access = 'query ($id: ID!) { sessionAccess(sessionId: $id) { token expiresAt userId } }';
const asService = { asService: true };
const hour = 60 * 60 * 1000;

describe.each(backends)('agents with codes on $name', ({ open }) => {
  let identity: TestIdentity;
  let addresses = 0;
  beforeAll(async () => {
    identity = await TestIdentity.open(open);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  const from = () => ({ client: { address: `198.51.100.${++addresses}`, userAgent: 'test' } });
  const signIn = async () => {
    const { requestAgentCode } = await identity.run(request, {}, from());
    return (await identity.run(verify, { code: ` ${requestAgentCode.code} ` }, from())).verifyAgentCode;
  };
  const readToken = (token: string) => identity.graph.ground.tokens.verifyAccess(token);

  it('are signed in to one account that all share', async () => {
    const first = await signIn();
    const second = await signIn();
    expect(first.user).toMatchObject({ id: second.user.id, username: 'support' });
    expect(first.session).toMatchObject({ agent: true });
    expect(second.user.sessions).toMatchObject([
      { id: second.session.id, current: true, agent: true },
      { id: first.session.id, current: false, agent: true },
    ]);
    expect(await readToken(first.accessToken)).toMatchObject({ userId: first.user.id, agent: true });
    expect((await readToken((await identity.register()).as.token ?? '')).agent).toBe(false);
  });

  it('stay agents when they refresh, until their hours are over', async () => {
    const { session, refreshToken, expiresIn } = await signIn();
    expect(expiresIn).toBe(1800);
    const ends = Date.parse(session.expiresAt);
    expect(ends - Date.now()).toBeGreaterThan(12 * hour - 60_000);
    vi.useFakeTimers({ toFake: ['Date'], now: ends - 600_000 });
    const { refreshSession } = await identity.run(refresh, { token: refreshToken });
    expect(refreshSession).toMatchObject({ session: { agent: true, expiresAt: session.expiresAt }, expiresIn: 600 });
    expect(await readToken(refreshSession.accessToken)).toMatchObject({
      agent: true,
      expiresAt: Math.floor(ends / 1000),
    });
    vi.setSystemTime(ends);
    expect(await identity.fail(refresh, { token: refreshSession.refreshToken })).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('are told nothing of why a code is not taken', async () => {
    const { requestAgentCode: asked } = await identity.run(request, {}, from());
    expect(Date.parse(asked.expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
    const wrong = String((Number(asked.code) + 1) % 1_000_000).padStart(6, '0');
    const refused = { code: 'UNAUTHENTICATED', message: 'The code is wrong or has expired.' };
    for (const code of [wrong, '', 'sésame', '12345678901234567890'])
      expect(await identity.fail(verify, { code }, from())).toEqual(refused);
    await identity.run(verify, { code: asked.code }, from());
    expect(await identity.fail(verify, { code: asked.code }, from())).toEqual(refused);
  });

  it('have an account that nobody takes, signs in to by password or renames', async () => {
    const { user, accessToken: token } = await signIn();
    for (const username of ['support', 'SUPPORT', 'ｓｕｐｐｏｒｔ'])
      expect(await identity.registerFails({ username })).toMatchObject({ code: 'CONFLICT' });
    expect(await identity.registerFails({ email: user.email })).toMatchObject({ code: 'CONFLICT' });
    expect(await identity.loginFails('support', '')).toMatchObject({ code: 'UNAUTHENTICATED' });
    const update = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { displayName } } }';
    for (const input of [{ username: 'helpdesk' }, { email: 'mallory@example.org' }])
      expect(await identity.fail(update, { input }, { token })).toMatchObject({ code: 'FORBIDDEN', resource: 'User' });
    expect(await identity.run(update, { input: { displayName: 'Help' } }, { token })).toEqual({
      updateProfile: { user: { displayName: 'Help' } },
    });
    const ann = await identity.register();
    expect(await identity.fail(update, { input: { username: 'Support' } }, ann.as)).toMatchObject({ code: 'CONFLICT' });
  });

  describe('sessionAccess', () => {
    it('gives services a token for the session of an agent, while it lives', async () => {
      const { user, session } = await signIn();
      const { sessionAccess } = await identity.run(access, { id: session.id }, asService);
      expect(sessionAccess).toMatchObject({ userId: user.id });
      expect(await readToken(sessionAccess.token)).toEqual({
        userId: user.id,
        sessionId: session.id,
        agent: true,
        expiresAt: Date.parse(sessionAccess.expiresAt) / 1000,
      });
      await identity.run('mutation { logout { revokedSessionIds } }', {}, { token: sessionAccess.token });
      expect(await identity.run(access, { id: session.id }, asService)).toEqual({ sessionAccess: null });
    });

    it('gives none for what is no such session, nor to anybody else', async () => {
      const ann = await identity.register();
      for (const id of [ann.sessionId, newId(), 'nothing'])
        expect(await identity.run(access, { id }, asService)).toEqual({ sessionAccess: null });
      const { session, accessToken: token } = await signIn();
      for (const as of [{ token }, {}])
        expect(await identity.fail(access, { id: session.id }, as)).toMatchObject({ code: 'FORBIDDEN' });
      vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(session.expiresAt) });
      expect(await identity.run(access, { id: session.id }, asService)).toEqual({ sessionAccess: null });
    });
  });
});

describe.each(backends)('a code for agents on $name', ({ open }) => {
  let sent: string[];
  let answer: () => unknown;
  const support = (_: string, { code }: Record<string, unknown>) => {
    sent.push(String(code));
    return answer();
  };
  const opened = (NODE_ENV: string) => TestIdentity.open(open, { settings: { NODE_ENV }, peers: { support } });
  beforeEach(() => {
    sent = [];
    answer = () => ({ deliverAgentCode: true });
  });

  it.each(['development', 'production'])('goes where the agents read and nowhere else, in %s', async (kind) => {
    await using identity = await opened(kind);
    expect(await identity.run(request)).toMatchObject({ requestAgentCode: { delivered: true, code: null } });
    expect(await identity.run(verify, { code: sent[0] })).toMatchObject({
      verifyAgentCode: { user: { username: 'support' } },
    });
  });

  it('is in the answer where there is no way to them, but not in production', async () => {
    answer = () => ({ deliverAgentCode: false });
    await using development = await opened('development');
    expect(await development.run(request)).toMatchObject({ requestAgentCode: { delivered: false, code: sent[0] } });
    await using production = await opened('production');
    expect(await production.fail(request)).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await production.fail(verify, { code: sent[1] })).toMatchObject({ code: 'UNAUTHENTICATED' });
    await using alone = await TestIdentity.open(open, { settings: { NODE_ENV: 'production' } });
    expect(await alone.fail(request)).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([unavailable('Telegram does not answer.'), new Error('secret')])(
    'is void where the way to them is broken: %s',
    async (failure) => {
      await using identity = await opened('development');
      answer = () => {
        throw failure;
      };
      const error = await identity.fail(request);
      expect(error).toMatchObject({ code: 'UNAVAILABLE' });
      expect(JSON.stringify(error)).not.toContain('secret');
      expect(await identity.fail(verify, { code: sent[0] })).toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  );

  it('is asked for five times from one address, and twenty times by all', async () => {
    await using identity = await opened('test');
    const ask = (address: string) => identity.graph.execute(request, {}, { client: { address, userAgent: '' } });
    const limited = { errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }] };
    for (let time = 0; time < 5; time++) expect(await ask(`2001:db8::${time}`)).not.toHaveProperty('errors');
    expect(await ask('2001:db8::ffff')).toMatchObject(limited);
    for (let time = 0; time < 15; time++) expect(await ask(`192.0.2.${time}`)).not.toHaveProperty('errors');
    expect(await ask('192.0.2.100')).toMatchObject(limited);
    expect(sent).toHaveLength(20);
  });

  it('is tried ten times from one address, and sixty times by all', async () => {
    await using identity = await opened('test');
    const attempt = (address: string) =>
      identity.fail(verify, { code: '000000' }, { client: { address, userAgent: '' } });
    for (let time = 0; time < 10; time++) expect(await attempt('192.0.2.1')).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await attempt('192.0.2.1')).toMatchObject({ code: 'RATE_LIMITED' });
    for (let time = 0; time < 50; time++)
      expect(await attempt(`198.51.100.${time}`)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await attempt('203.0.113.1')).toMatchObject({ code: 'RATE_LIMITED' });
  });
});
