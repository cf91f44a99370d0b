import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestIdentity } from '../testing/people.ts';
import { RefreshToken } from './refresh-token.ts';
import { SessionSweep } from './session.sweep.ts';
import { Session } from './session.ts';

const day = 24 * 60 * 60 * 1000;
const refresh = (token: string) => `mutation { refreshSession(input: { refreshToken: "${token}" }) { refreshToken } }`;

describe.each(backends)('the sweep of sessions on $name', ({ open }) => {
  let identity: TestIdentity;
  let sweep: SessionSweep;
  beforeAll(async () => {
    identity = await TestIdentity.open(open);
    sweep = new SessionSweep(identity.graph.database, pino({ level: 'silent' }));
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  const session = (id: string) => identity.graph.database.reader.findOneBy(Session, { id });
  const tokens = (sessionId: string) => identity.graph.database.reader.countBy(RefreshToken, { sessionId });

  it('forgets the seed of a successor once no retry may ask for it, and nothing else', async () => {
    const { sessionId, refreshToken } = await identity.register();
    const { refreshSession } = await identity.run(refresh(refreshToken));
    await sweep.sweep();
    expect((await session(sessionId))?.successorSeed).not.toBeNull();
    await sweep.sweep(Date.now() + 20_000);
    expect(await session(sessionId)).toMatchObject({ successorSeed: null, parentHash: null, revokedAt: null });
    await identity.run(refresh(refreshSession.refreshToken));
  });

  it('drops spent tokens a day after they have run out, and a session a week after its end', async () => {
    const { sessionId, refreshToken } = await identity.register();
    await identity.run(refresh(refreshToken));
    await sweep.sweep(Date.now() + 30.9 * day);
    expect(await tokens(sessionId)).toBe(2);
    await sweep.sweep(Date.now() + 31 * day);
    expect(await tokens(sessionId)).toBe(0);
    expect(await session(sessionId)).not.toBeNull();
    await sweep.sweep(Date.now() + 38 * day);
    expect(await session(sessionId)).toBeNull();
  });

  it('drops an ended session a week later, with its tokens', async () => {
    const { sessionId, as } = await identity.register();
    await identity.run('mutation { logout { revokedSessionIds } }', {}, as);
    await sweep.sweep(Date.now() + 6 * day);
    expect(await session(sessionId)).not.toBeNull();
    await sweep.sweep(Date.now() + 8 * day);
    expect(await session(sessionId)).toBeNull();
    expect(await tokens(sessionId)).toBe(0);
  });

  it('takes them in pieces, to the last', async () => {
    const { sessionId } = await identity.register();
    const expiresAt = new Date(Date.now() - day);
    const old = Array.from({ length: 450 }, () => ({ hash: newId(), sessionId, expiresAt }));
    await identity.graph.database.write(async ({ manager }) => void (await manager.insert(RefreshToken, old)));
    await sweep.sweep();
    expect(await tokens(sessionId)).toBe(1);
  });

  it('runs on its own until it is closed, and survives a failure', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const rounds = vi.spyOn(sweep, 'sweep').mockRejectedValueOnce(new Error('The database is away.'));
      sweep.start();
      vi.advanceTimersByTime(60_000);
      await eventually(() => expect(rounds).toHaveBeenCalledTimes(1));
      vi.advanceTimersByTime(60_000);
      await eventually(() => expect(rounds).toHaveBeenCalledTimes(2));
      await sweep.close();
      vi.advanceTimersByTime(600_000);
      expect(rounds).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
