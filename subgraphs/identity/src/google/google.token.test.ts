import { createHmac } from 'node:crypto';
import { exportSPKI, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Claims, TestGoogle } from '../testing/google.ts';
import { GoogleKeys } from './google.keys.ts';
import { GoogleTokens } from './google.token.ts';

let google: TestGoogle;
let tokens: GoogleTokens;

const ann = { sub: '1180', email: 'ann@gmail.com', name: 'Ann', picture: 'https://lh3.example.com/a' };
const refused = { code: 'UNAUTHENTICATED' };
const opened = ({ GOOGLE_JWKS_URL, GOOGLE_CLIENT_IDS }: TestGoogle['settings'] = google.settings) =>
  new GoogleTokens(new GoogleKeys(GOOGLE_JWKS_URL), GOOGLE_CLIENT_IDS.split(', '));
const read = async (claims: Claims) => tokens.read(await google.token(claims));

beforeEach(async () => {
  google = await TestGoogle.open();
  tokens = opened();
});
afterEach(async () => {
  vi.useRealTimers();
  await google[Symbol.asyncDispose]();
});

describe("Google's ID token", () => {
  it.each(['https://accounts.google.com', 'accounts.google.com'])('is taken from %s', async (iss) => {
    expect(await read({ ...ann, iss })).toEqual({
      id: '1180',
      email: 'ann@gmail.com',
      emailVerified: true,
      emailVouched: true,
      name: 'Ann',
      picture: 'https://lh3.example.com/a',
    });
  });

  it.each<[string, Claims, boolean, boolean]>([
    ['of Gmail', {}, true, true],
    ['of an organisation at Google', { email: 'ann@example.org', hd: 'example.org' }, true, true],
    ['of somewhere else', { email: 'ann@example.org' }, true, false],
    ['that looks like Gmail', { email: 'ann@gmail.com.example.org' }, true, false],
    ['that is not verified', { email_verified: false }, false, false],
    ['of which nothing is said', { email_verified: undefined }, false, false],
    [
      'of an organisation, not verified',
      { email: 'a@example.org', hd: 'example.org', email_verified: false },
      false,
      false,
    ],
  ])('vouches for an address %s as far as Google does', async (_, claims, emailVerified, emailVouched) => {
    expect(await read({ ...ann, ...claims })).toMatchObject({ emailVerified, emailVouched });
  });

  it.each<[string, Claims]>([
    ['another audience', { aud: 'somebody-elses.apps.example.com' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://accounts.example.com' }],
    ['an issuer that looks like it', { iss: 'https://accounts.google.com.example.org' }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['no end', { exp: undefined }],
    ['an end that is past', { exp: Math.floor(Date.now() / 1000) - 1 }],
    ['a beginning that is not yet', { nbf: Math.floor(Date.now() / 1000) + 600 }],
  ])('is refused with %s', async (_, claims) => {
    await expect(read({ ...ann, ...claims })).rejects.toMatchObject(refused);
  });

  it('is refused when it has run out since', async () => {
    const token = await google.token(ann);
    await tokens.read(token);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3600_000 });
    await expect(tokens.read(token)).rejects.toMatchObject(refused);
  });

  it('is refused where somebody else signed it, or changed it', async () => {
    const other = await TestGoogle.open();
    const { privateKey } = other.key;
    await expect(tokens.read(await google.token(ann, { ...google.key, privateKey }))).rejects.toMatchObject(refused);
    await expect(tokens.read(await other.token(ann))).rejects.toMatchObject(refused);
    await other[Symbol.asyncDispose]();
    const [header, , signature] = (await google.token(ann)).split('.');
    const [, body] = (await google.token({ ...ann, sub: '1' })).split('.');
    await expect(tokens.read(`${header}.${body}.${signature}`)).rejects.toMatchObject(refused);
  });

  it('is refused without a signature', async () => {
    const claims = { ...ann, iss: 'accounts.google.com', aud: 'kopru-web.apps.example.com' };
    const unsigned = new UnsecuredJWT(claims).setIssuedAt().setExpirationTime('1h').encode();
    await expect(tokens.read(unsigned)).rejects.toMatchObject(refused);
    const [header, body] = (await google.token(ann)).split('.');
    await expect(tokens.read(`${header}.${body}.`)).rejects.toMatchObject(refused);
  });

  it('is refused where the public key was taken for a secret', async () => {
    const [, body] = (await google.token(ann)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: google.key.id })).toString('base64url');
    const secret = await exportSPKI(google.key.publicKey);
    const signature = createHmac('sha256', secret).update(`${header}.${body}`).digest('base64url');
    await expect(tokens.read(`${header}.${body}.${signature}`)).rejects.toMatchObject(refused);
  });

  it.each(['', 'nonsense', 'a.b.c', '{}', 'é.é.é', `${'x'.repeat(10_000)}.y.z`])('is refused as %j', async (token) => {
    await expect(tokens.read(token)).rejects.toMatchObject(refused);
  });

  it('is not taken by anybody who has no client at Google', async () => {
    await expect(new GoogleTokens(new GoogleKeys(''), []).read(await google.token(ann))).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'Signing in with Google is not set up here.',
    });
    await expect(new GoogleTokens(new GoogleKeys(''), []).read('nonsense')).rejects.toMatchObject(refused);
    expect(google.fetched).toBe(0);
  });
});

describe("Google's keys", () => {
  const later = (milliseconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });

  it('are fetched once for many, and again when the answer is too old', async () => {
    const token = await google.token({ ...ann, exp: Math.floor(Date.now() / 1000) + 100_000 });
    await Promise.all(Array.from({ length: 10 }, () => tokens.read(token)));
    later(3_599_000);
    await tokens.read(token);
    expect(google.fetched).toBe(1);
    later(2_000);
    await tokens.read(token);
    expect(google.fetched).toBe(2);
  });

  it.each([
    ['no-store', 2],
    ['', 1],
    ['max-age=0', 2],
  ])('are kept as %j says', async (cacheControl, fetched) => {
    google.cacheControl = cacheControl;
    const token = await google.token(ann);
    for (let time = 0; time < 2; time++) await tokens.read(token);
    expect(google.fetched).toBe(fetched);
  });

  it('are fetched at once when a token names a new one, beside those before it or instead', async () => {
    const before = await google.token(ann);
    await tokens.read(before);
    await google.rotate({ keep: true });
    expect(await read(ann)).toMatchObject({ id: '1180' });
    expect(await tokens.read(before)).toMatchObject({ id: '1180' });
    expect(google.fetched).toBe(2);
    later(10_000);
    await google.rotate();
    expect(await read(ann)).toMatchObject({ id: '1180' });
    await expect(tokens.read(before)).rejects.toMatchObject(refused);
  });

  it('are not fetched for each token that names one that there is not', async () => {
    await read(ann);
    for (let time = 0; time < 20; time++) {
      const { privateKey, publicKey } = google.key;
      const forged = await google.token(ann, { id: `forged-${time}`, privateKey, publicKey });
      await expect(tokens.read(forged)).rejects.toMatchObject(refused);
    }
    expect(google.fetched).toBe(2);
  });

  it.each([500, 404, 302, 'nonsense', 'hang up'] as const)(
    'that cannot be had (%s) are no reason to refuse for good',
    async (failure) => {
      const token = await google.token(ann);
      google.failure = failure;
      await expect(tokens.read(token)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      google.failure = undefined;
      expect(await tokens.read(token)).toMatchObject({ id: '1180' });
      google.failure = failure;
      expect(await tokens.read(token)).toMatchObject({ id: '1180' });
    },
  );
});
