import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestIdentity } from '../testing/people.ts';

const verifyToken =
  'query ($token: String!) { verifyToken(token: $token) { valid reason userId sessionId expiresAt } }';

describe.each(backends)('verifyToken on $name', ({ open }) => {
  let identity: TestIdentity;
  beforeAll(async () => {
    identity = await TestIdentity.open(open);
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  const verify = async (token = '') => (await identity.run(verifyToken, { token })).verifyToken;
  const rejected = (reason: string) => ({ valid: false, reason, userId: null, sessionId: null, expiresAt: null });

  it('knows whose a good token is, and for how long', async () => {
    const { id, sessionId, as } = await identity.register();
    const { expiresAt, ...rest } = await verify(as.token);
    expect(rest).toEqual({ valid: true, reason: null, userId: id, sessionId });
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(1_790_000);
  });

  it('rejects what is no token of this installation', async () => {
    const { as } = await identity.register();
    const forged = `${as.token?.slice(0, -4)}AAAA`;
    const tokens = ['', 'x', forged, await identity.graph.ground.tokens.serviceToken()];
    for (const token of tokens) expect(await verify(token)).toEqual(rejected('INVALID'));
  });

  it('rejects one that has run out', async () => {
    const { token } = await identity.graph.ground.tokens.signAccess(newId(), newId(), { lifetime: -1 });
    expect(await verify(token)).toEqual(rejected('EXPIRED'));
  });

  it('rejects one whose session has ended, at once', async () => {
    const { as } = await identity.register();
    await identity.run('mutation { logout { revokedSessionIds } }', {}, as);
    expect(await verify(as.token)).toEqual(rejected('REVOKED'));
  });

  it('knows a refresh token that is good, spent, run out or void', async () => {
    const { id, sessionId, refreshToken, as } = await identity.register();
    expect(await verify(refreshToken)).toMatchObject({ valid: true, userId: id, sessionId });
    const refresh = 'mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { refreshToken } }';
    const { refreshSession: next } = await identity.run(refresh, { token: refreshToken });
    expect(await verify(refreshToken)).toEqual(rejected('INVALID'));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * 24 * 60 * 60_000 });
    expect(await verify(next.refreshToken)).toEqual(rejected('EXPIRED'));
    vi.useRealTimers();
    await identity.run('mutation { logout { revokedSessionIds } }', {}, as);
    expect(await verify(next.refreshToken)).toEqual(rejected('REVOKED'));
  });
});
