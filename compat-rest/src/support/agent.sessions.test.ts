import { unavailable } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTestGround, type TestGround } from '../testing/ground.ts';
import { AgentSessions } from './agent.sessions.ts';

let ground: TestGround;
let agents: AgentSessions;
beforeEach(async () => {
  ground = await openTestGround();
  // From here on only sessions are asked for.
  await ground.revocations.ready();
  agents = new AgentSessions(ground, false);
});
afterEach(async () => {
  agents.close();
  await ground.close();
});
const asking = () => vi.spyOn(ground.subgraph('identity'), 'execute');

test('identity is asked once for a session, however many ask at a time and after', async () => {
  const { cookie, sessionId, userId } = await ground.agent();
  const asked = asking();
  const found = await Promise.all(Array.from({ length: 10 }, () => agents.of({ cookie })));
  expect(await agents.access(sessionId)).toEqual(found[0]);
  expect(new Set(found.map((access) => access?.token)).size).toBe(1);
  expect(await ground.tokens.verifyAccess(found[0]?.token ?? '')).toMatchObject({ userId, sessionId, agent: true });
  expect(asked).toHaveBeenCalledTimes(1);
});

test('access is renewed a minute before it runs out', async () => {
  const { sessionId } = await ground.agent(newId(), 59);
  const asked = asking();
  await agents.access(sessionId);
  await agents.access(sessionId);
  expect(asked).toHaveBeenCalledTimes(2);
});

test('a session that ends is forgotten at once, and one that is none is asked for again', async () => {
  const { cookie, sessionId } = await ground.agent();
  expect(await agents.of({ cookie })).toMatchObject({ sessionId });
  await ground.endSession(sessionId);
  await expect.poll(() => agents.of({ cookie })).toBeNull();
  const asked = asking();
  expect(await agents.of({ cookie })).toBeNull();
  expect(asked).toHaveBeenCalledTimes(1);
});

test('what could not be found out is not remembered', async () => {
  const { sessionId } = await ground.agent();
  asking().mockRejectedValueOnce(unavailable());
  await expect(agents.access(sessionId)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await agents.access(sessionId)).toMatchObject({ sessionId });
});

test('a cookie names a session and is nothing else', async () => {
  const { cookie, sessionId, userId } = await ground.agent();
  const value = cookie.slice(cookie.indexOf('=') + 1);
  await expect(ground.tokens.verifyAccess(value)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await ground.tokens.isService(value)).toBe(false);
  const { token } = await ground.tokens.signAccess(userId, sessionId, { agent: true });
  for (const other of [token, await ground.tokens.serviceToken(), `${value}x`, ''])
    expect(await agents.of({ cookie: `kopru_agent=${other}` })).toBeNull();
});

test('whoever is no agent has no access by a cookie', async () => {
  const cookie = `kopru_agent=${await ground.tokens.signBrowser(newId(), newId())}`;
  expect(await agents.of({ cookie })).toBeNull();
});
