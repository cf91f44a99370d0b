import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, expect, test } from 'vitest';
import { openMemoryLog } from '../events/memory.ts';
import { newId } from '../ids.ts';
import { createLogger } from '../logger.ts';
import { keysFromPem, type SigningKeys } from './keys.ts';
import { Revocations, type RevokedSession } from './revocations.ts';
import { Tokens } from './tokens.ts';

const pem = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const log = openMemoryLog({ logger: createLogger('test', 'silent') });

let keys: SigningKeys;
let past: RevokedSession[];
let tokens: Tokens;
let revocations: Revocations;

beforeEach(async () => {
  keys = await keysFromPem(pem());
  past = [];
  revocations = new Revocations({ log, topic: 'sessions', lifetime: 1800, load: async () => past });
  tokens = new Tokens(keys, revocations);
});

const claims = (more: Record<string, unknown> = {}, alg = 'EdDSA') =>
  new SignJWT({ sid: 's', ...more }).setProtectedHeader({ alg }).setSubject('u').setIssuer('kopru');
const revoke = (sessionId: string) =>
  log.append([
    {
      id: newId(),
      type: 'session.revoked',
      topics: ['sessions'],
      payload: { sessionId, userId: 'u', revokedAt: new Date().toISOString() },
      at: new Date().toISOString(),
    },
  ]);

test('a token speaks for its user and session until it runs out', async () => {
  const { token, expiresAt } = await tokens.signAccess('u', 's');
  expect(await tokens.verifyAccess(token)).toEqual({ userId: 'u', sessionId: 's', expiresAt, agent: false });

  const agents = await tokens.signAccess('u', 's', { agent: true });
  expect(await tokens.verifyAccess(agents.token)).toMatchObject({ agent: true });
  const { token: old } = await tokens.signAccess('u', 's', { lifetime: -1 });
  await expect(tokens.verifyAccess(old)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
});

test('a token that was good is not believed past its end because it was seen before', async () => {
  const { token } = await tokens.signAccess('u', 's', { lifetime: 1 });
  await tokens.verifyAccess(token);
  await expect
    .poll(
      () =>
        tokens.verifyAccess(token).then(
          () => 'good',
          ({ code }) => code,
        ),
      { timeout: 3000 },
    )
    .toBe('TOKEN_EXPIRED');
});

test.each<[string, () => Promise<string> | string]>([
  ['text', () => 'not.a.token'],
  [
    'another key',
    async () =>
      claims()
        .setAudience('kopru')
        .setExpirationTime('1h')
        .sign((await keysFromPem(pem())).privateKey),
  ],
  [
    'no signature',
    () =>
      new UnsecuredJWT({ sid: 's' })
        .setSubject('u')
        .setIssuer('kopru')
        .setAudience('kopru')
        .setExpirationTime('1h')
        .encode(),
  ],
  [
    'a secret in place of the key',
    () =>
      claims({}, 'HS256')
        .setAudience('kopru')
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode('kopru'.repeat(8))),
  ],
  ['another audience', () => claims().setAudience('kopru-services').setExpirationTime('1h').sign(keys.privateKey)],
  [
    'another issuer',
    () => claims().setIssuer('elsewhere').setAudience('kopru').setExpirationTime('1h').sign(keys.privateKey),
  ],
  ['no end', () => claims().setAudience('kopru').sign(keys.privateKey)],
  ['no session', () => claims({ sid: undefined }).setAudience('kopru').setExpirationTime('1h').sign(keys.privateKey)],
  ["a service's", () => tokens.serviceToken()],
])('a token with %s is refused', async (_what, make) => {
  await expect(tokens.verifyAccess(await make())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('only a service token is a service token', async () => {
  expect(await tokens.isService(await tokens.serviceToken())).toBe(true);
  expect(await tokens.isService((await tokens.signAccess('u', 's')).token)).toBe(false);
  expect(await tokens.isService(await new Tokens(await keysFromPem(pem()), revocations).serviceToken())).toBe(false);
  expect(await tokens.isService('x')).toBe(false);
});

test('a session that ends takes its tokens with it at once, and says so', async () => {
  const { token } = await tokens.signAccess('u', 's1');
  const { token: other } = await tokens.signAccess('u', 's2');
  await tokens.verifyAccess(token);
  const ended: string[] = [];
  revocations.onRevoked(({ sessionId }) => ended.push(sessionId));
  await revoke('s1');
  await expect(tokens.verifyAccess(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await tokens.verifyAccess(other)).toMatchObject({ sessionId: 's2' });
  expect(ended).toEqual(['s1']);
});

test('a session that ended before the service started is known too', async () => {
  past.push({ sessionId: 's0', userId: 'u', revokedAt: new Date().toISOString() });
  await expect(tokens.verifyAccess((await tokens.signAccess('u', 's0')).token)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
});

test('nobody is let in while it cannot be known which sessions have ended', async () => {
  let away = true;
  const uncertain = new Tokens(
    keys,
    new Revocations({
      log,
      topic: 'sessions',
      lifetime: 1,
      load: () => (away ? Promise.reject(new Error('away')) : Promise.resolve([])),
    }),
  );
  const { token } = await uncertain.signAccess('u', 's');
  await expect(uncertain.verifyAccess(token)).rejects.toThrow('away');
  away = false;
  expect(await uncertain.verifyAccess(token)).toMatchObject({ userId: 'u' });
});

test('a key in an environment file has its line ends written out', async () => {
  const text = pem();
  const { id } = await keysFromPem(text);
  expect((await keysFromPem(text.replaceAll('\n', '\\n'))).id).toBe(id);
});

test('what is sealed can be made again here, for the same purpose, and nowhere else', async () => {
  const sealed = tokens.seal('code', '123456');
  expect(sealed).toMatch(/^[0-9a-f]{64}$/);
  expect(new Tokens(keys, revocations).seal('code', '123456')).toBe(sealed);
  expect(tokens.seal('cookie', '123456')).not.toBe(sealed);
  expect(new Tokens(await keysFromPem(pem()), revocations).seal('code', '123456')).not.toBe(sealed);
});
