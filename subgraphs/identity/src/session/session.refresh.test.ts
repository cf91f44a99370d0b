import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Person, soleError, TestIdentity } from '../testing/people.ts';
import { RefreshToken } from './refresh-token.ts';
import { Session } from './session.ts';

const refreshMutation = `mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) {
  user { id email } session { id current address lastSeenAt expiresAt } accessToken refreshToken expiresIn
} }`;
const day = 24 * 60 * 60 * 1000;

describe.each(backends)('refreshing a session on $name', ({ open }) => {
  let identity: TestIdentity;
  let ann: Person;
  beforeAll(async () => {
    identity = await TestIdentity.open(open);
  });
  beforeEach(async () => {
    ann = await identity.register();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  const later = (milliseconds: number): void => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
  };
  const refresh = async (token: string, address = '127.0.0.1') => {
    const client = { address, userAgent: '' };
    return (await identity.run(refreshMutation, { token }, { client })).refreshSession;
  };
  const refusal = (token: string) => identity.fail(refreshMutation, { token });
  const sessionRow = () => identity.graph.database.reader.findOneByOrFail(Session, { id: ann.sessionId });

  it('exchanges a token for the next pair, in the same session', async () => {
    const heard = await identity.graph.record(`user:${ann.id}`);
    later(60_000);
    const answer = await refresh(ann.refreshToken, '203.0.113.9');
    expect(answer).toEqual({
      user: { id: ann.id, email: ann.email },
      session: {
        id: ann.sessionId,
        current: true,
        address: '203.0.113.9',
        lastSeenAt: new Date().toISOString(),
        expiresAt: new Date(Date.now() + 30 * day).toISOString(),
      },
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresIn: 1800,
    });
    expect(answer.refreshToken).not.toBe(ann.refreshToken);
    const { viewer } = await identity.run('{ viewer { id } }', {}, { token: answer.accessToken });
    expect(viewer.id).toBe(ann.id);
    await refresh(answer.refreshToken);
    await identity.graph.database.drained();
    expect(heard).toEqual([]);
  });

  it('keeps no token in clear', async () => {
    const { refreshToken } = await refresh(ann.refreshToken);
    const stored = JSON.stringify([
      await sessionRow(),
      await identity.graph.database.reader.findBy(RefreshToken, { sessionId: ann.sessionId }),
    ]);
    expect(stored).not.toContain(ann.refreshToken);
    expect(stored).not.toContain(refreshToken);
  });

  it('gives a retry within ten seconds the same successor, however often and however many at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 8 }, () => refresh(ann.refreshToken)));
    later(9_000);
    tokens.push(await refresh(ann.refreshToken));
    expect(new Set(tokens.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(await identity.graph.database.reader.countBy(RefreshToken, { sessionId: ann.sessionId })).toBe(2);
    await refresh(tokens[0].refreshToken);
  });

  it.each([
    [
      'after ten seconds',
      async (successor: string) => {
        later(10_001);
        return successor;
      },
    ],
    ['once its successor is spent', async (successor: string) => (await refresh(successor)).refreshToken as string],
  ])('ends the session when a spent token is shown %s', async (_, meanwhile) => {
    const heard = await identity.graph.record('sessions');
    const { refreshToken } = await refresh(ann.refreshToken);
    const newest = await meanwhile(refreshToken);
    expect(await refusal(ann.refreshToken)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await identity.fail('{ viewer { id } }', {}, ann.as)).toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect
      .poll(() => heard.filter(({ payload }) => payload.sessionId === ann.sessionId).map(({ payload }) => payload))
      .toEqual([
        {
          sessionId: ann.sessionId,
          userId: ann.id,
          reason: 'REFRESH_TOKEN_REUSED',
          revokedAt: expect.any(String),
        },
      ]);
    expect(await refusal(newest)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it("leaves the user's other sessions alone when one is stolen", async () => {
    const other = await identity.login(ann);
    const { refreshToken } = await refresh(ann.refreshToken);
    await refresh(refreshToken);
    await refusal(ann.refreshToken);
    await refresh(other.refreshToken);
  });

  it('refuses a token that is unknown, or has run out, or whose session has ended', async () => {
    expect(await refusal('no token of ours')).toMatchObject({ code: 'UNAUTHENTICATED' });
    const { sessionId, refreshToken } = await identity.login(ann);
    await identity.run(`mutation { revokeSession(input: { sessionId: "${sessionId}" }) { sessionId } }`, {}, ann.as);
    expect(await refusal(refreshToken)).toMatchObject({ code: 'UNAUTHENTICATED' });
    later(30 * day);
    expect(await refusal(ann.refreshToken)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await sessionRow()).revokedAt).toBeNull();
  });

  it('leaves a token that lasts as it is, for a day from the sign-in', async () => {
    const lasting = 'mutation ($input: LoginInput!) { login(input: $input) { session { id expiresAt } refreshToken } }';
    const input = { login: ann.username, password: ann.password, lastingRefreshToken: true };
    const { session, refreshToken } = (await identity.run(lasting, { input })).login;
    const ends = Date.parse(session.expiresAt);
    expect(ends - Date.now()).toBeGreaterThan(day - 60_000);
    later(day / 2);
    for (const address of ['203.0.113.1', '203.0.113.2'])
      expect(await refresh(refreshToken, address)).toMatchObject({
        refreshToken,
        session: { id: session.id, address, expiresAt: session.expiresAt, lastSeenAt: new Date().toISOString() },
      });
    vi.setSystemTime(ends - 60_000);
    expect(await refresh(refreshToken)).toMatchObject({ expiresIn: 60 });
    vi.setSystemTime(ends);
    expect(await refusal(refreshToken)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('either refreshes or refuses while the session ends, and leaves it ended', async () => {
    const [refreshed] = await Promise.all([
      identity.graph.execute(refreshMutation, { token: ann.refreshToken }),
      identity.run('mutation { logout { revokedSessionIds } }', {}, ann.as),
    ]);
    if (refreshed.errors) expect(soleError(refreshed)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const newest = refreshed.data?.refreshSession?.refreshToken ?? ann.refreshToken;
    expect(await refusal(newest)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
