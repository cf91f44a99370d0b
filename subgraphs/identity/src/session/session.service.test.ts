import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Person, soleError, TestIdentity } from '../testing/people.ts';

const logout = 'mutation ($input: LogoutInput!) { logout(input: $input) { revokedSessionIds } }';
const revoke = 'mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { sessionId } }';
const sessions = 'query ($id: ID!) { user(id: $id) { sessions { id device current lastSeenAt } } }';
const revokedSessions = '{ revokedSessions { sessionId userId revokedAt } }';

describe.each(backends)('sessions on $name', ({ open }) => {
  let identity: TestIdentity;
  let ann: Person;
  let bob: Person;
  beforeAll(async () => {
    identity = await TestIdentity.open(open);
    bob = await identity.register();
  });
  beforeEach(async () => {
    ann = await identity.register();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  const live = async ({ as, id }: Person): Promise<string[]> =>
    (await identity.run(sessions, { id }, as)).user.sessions.map((session: { id: string }) => session.id);
  const refused = (person: Person) =>
    expect
      .poll(() => identity.graph.execute('{ viewer { id } }', {}, person.as))
      .toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });

  describe('User.sessions', () => {
    it('lists what is live, newest first, and which of them asks', async () => {
      const client = { address: '::1', userAgent: 'okhttp/5.0' };
      const second = await identity.login(ann, { client });
      const third = await identity.login(ann);
      await identity.run(revoke, { id: third.sessionId }, ann.as);
      const { user } = await identity.run(sessions, ann, ann.as);
      expect(user.sessions).toMatchObject([
        { id: second.sessionId, device: 'okhttp', current: false },
        { id: ann.sessionId, device: 'test', current: true },
      ]);
    });

    it('is for the user alone', async () => {
      for (const as of [bob.as, {}, { asService: true }])
        expect(await identity.fail(sessions, ann, as)).toMatchObject({ code: 'FORBIDDEN', resource: 'Session' });
      expect(await identity.fail(sessions, ann, { audience: [`user:${ann.id}`] })).toMatchObject({
        code: 'VIEWER_REQUIRED',
      });
    });
  });

  describe('logout', () => {
    it('ends the session that asks, and tells', async () => {
      const heard = await identity.graph.record(`user:${ann.id}`);
      const other = await identity.login(ann);
      const answer = await identity.run('mutation { logout { revokedSessionIds } }', {}, ann.as);
      expect(answer.logout).toEqual({ revokedSessionIds: [ann.sessionId] });
      await refused(ann);
      expect(await live(other)).toEqual([other.sessionId]);
      await expect
        .poll(() => heard.map(({ type, payload }) => [type, payload.sessionId, payload.reason]))
        .toEqual([['session.revoked', ann.sessionId, 'LOGOUT']]);
    });

    it('ends all of the user everywhere, and nobody else', async () => {
      const other = await identity.login(ann);
      const answer = await identity.run(logout, { input: { everywhere: true } }, ann.as);
      expect(answer.logout.revokedSessionIds.sort()).toEqual([ann.sessionId, other.sessionId].sort());
      await refused(ann);
      await refused(other);
      expect(await live(bob)).toContain(bob.sessionId);
    });

    it('needs no access token where it has a refresh token, good or spent', async () => {
      const other = await identity.login(ann);
      const input = { refreshToken: other.refreshToken };
      expect((await identity.run(logout, { input })).logout).toEqual({ revokedSessionIds: [other.sessionId] });
      await refused(other);
      const token = ann.refreshToken;
      await identity.run(`mutation { refreshSession(input: { refreshToken: "${token}" }) { expiresIn } }`);
      const spent = { input: { refreshToken: token, everywhere: true } };
      expect((await identity.run(logout, spent)).logout).toEqual({ revokedSessionIds: [ann.sessionId] });
      await refused(ann);
    });

    it('ends both sessions where the two tokens are of two', async () => {
      const other = await identity.login(ann);
      const answer = await identity.run(logout, { input: { refreshToken: other.refreshToken } }, ann.as);
      expect(answer.logout.revokedSessionIds.sort()).toEqual([ann.sessionId, other.sessionId].sort());
    });

    it('signs out with an unknown refresh token beside a good access token', async () => {
      const answer = await identity.run(logout, { input: { refreshToken: 'no token of ours' } }, ann.as);
      expect(answer.logout).toEqual({ revokedSessionIds: [ann.sessionId] });
    });

    it('refuses who shows no token, or one that is not good', async () => {
      expect(await identity.fail(logout, { input: {} })).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(await identity.fail(logout, { input: { refreshToken: 'no token of ours' } })).toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    });

    it('tells once, however many end the same session at once', async () => {
      const heard = await identity.graph.record(`user:${ann.id}`);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => identity.graph.execute(logout, { input: { everywhere: true } }, ann.as)),
      );
      for (const answer of answers)
        if (answer.errors) expect(soleError(answer)).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(answers.flatMap(({ data }) => data?.logout.revokedSessionIds ?? [])).toEqual([ann.sessionId]);
      await identity.graph.database.drained();
      await expect.poll(() => heard.length).toBe(1);
    });
  });

  describe('revokeSession', () => {
    it('ends another session of the viewer, also when asked twice', async () => {
      const heard = await identity.graph.record(`user:${ann.id}`);
      const other = await identity.login(ann);
      for (let time = 0; time < 2; time++)
        expect(await identity.run(revoke, { id: other.sessionId }, ann.as)).toEqual({
          revokeSession: { sessionId: other.sessionId },
        });
      await refused(other);
      await expect.poll(() => heard.map(({ payload }) => payload.reason)).toEqual(['REVOKED']);
    });

    it('knows nothing of what is not theirs', async () => {
      for (const id of [bob.sessionId, 'nothing'])
        expect(await identity.fail(revoke, { id }, ann.as)).toMatchObject({ code: 'NOT_FOUND', resource: 'Session' });
      expect(await identity.fail(revoke, { id: ann.sessionId })).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(await live(bob)).toContain(bob.sessionId);
    });
  });

  describe('revokedSessions', () => {
    it('tells services what ended within the life of an access token', async () => {
      await identity.run(revoke, { id: ann.sessionId }, ann.as);
      const asService = { asService: true };
      const lately = (await identity.run(revokedSessions, {}, asService)).revokedSessions;
      const ended = lately.filter(({ userId }: { userId: string }) => userId === ann.id);
      expect(ended).toEqual([{ sessionId: ann.sessionId, userId: ann.id, revokedAt: expect.any(String) }]);
      for (const [minutes, known] of [
        [30, true],
        [32, false],
      ] as const) {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(ended[0].revokedAt) + minutes * 60_000 });
        const { revokedSessions: then } = await identity.run(revokedSessions, {}, asService);
        expect(then.some(({ userId }: { userId: string }) => userId === ann.id)).toBe(known);
      }
    });

    it('tells nobody else', async () => {
      for (const as of [ann.as, {}])
        expect(await identity.fail(revokedSessions, {}, as)).toMatchObject({ code: 'FORBIDDEN' });
    });
  });

  describe('sessionRevoked', () => {
    const subscription = 'subscription { sessionRevoked { sessionId reason revokedAt } }';

    it('listens to the viewer', async () => {
      expect(await identity.graph.handshake(subscription, {}, ann.as)).toEqual({
        grant: { topics: [`user:${ann.id}`], types: ['session.revoked'], recheckOn: [] },
      });
      expect(await identity.graph.handshake(subscription)).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    });

    it('says which session ended and why, without asking who reads', async () => {
      const heard = await identity.graph.record(`user:${ann.id}`);
      const other = await identity.login(ann);
      await identity.run(revoke, { id: other.sessionId }, ann.as);
      const event = await vi.waitUntil(() => heard[0]);
      expect(await identity.graph.project(event, subscription, {}, { audience: event.topics })).toEqual({
        data: {
          sessionRevoked: {
            sessionId: other.sessionId,
            reason: 'REVOKED',
            revokedAt: expect.stringMatching(/\.\d{3}Z$/),
          },
        },
      });
    });
  });
});
