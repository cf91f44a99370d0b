import { readSettings } from '@kopru/runtime/config.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { identitySettings } from '../config.ts';
import { type Claims, TestGoogle } from '../testing/google.ts';
import { soleError, somebody, TestIdentity } from '../testing/people.ts';

const auth =
  'user { id username displayName email googleId avatarUrl sessions { current } } session { id } accessToken refreshToken';
const login = `mutation ($token: String!) { loginWithGoogle(input: { token: $token }) { ${auth} } }`;
const refresh = `mutation ($token: String!) { refreshGoogleSession(input: { token: $token }) { ${auth} } }`;

describe.each(backends)('signing in with Google on $name', ({ open }) => {
  let google: TestGoogle;
  let identity: TestIdentity;
  let people = 0;
  beforeAll(async () => {
    google = await TestGoogle.open();
    identity = await TestIdentity.open(open, { settings: google.settings });
  });
  afterAll(async () => {
    await identity[Symbol.asyncDispose]();
    await google[Symbol.asyncDispose]();
  });

  const person = (): { sub: string; email: string } => {
    const { username } = somebody();
    return { sub: `10${++people}-${username}`, email: `${username}@gmail.com` };
  };
  const signIn = async (claims: Claims) =>
    (await identity.run(login, { token: await google.token(claims) })).loginWithGoogle;
  const fails = async (claims: Claims) => identity.fail(login, { token: await google.token(claims) });

  it('makes an account, and finds it again by the id alone', async () => {
    const heard = await identity.graph.record('accounts');
    const ann = { ...person(), name: ' Ann Ü. ', picture: 'https://lh3.example.com/a' };
    const first = await signIn(ann);
    expect(first.user).toEqual({
      id: expect.any(String),
      username: ann.email.replace('@gmail.com', ''),
      displayName: 'Ann Ü.',
      email: ann.email,
      googleId: ann.sub,
      avatarUrl: ann.picture,
      sessions: [{ current: true }],
    });
    const again = await signIn({ ...ann, email: 'elsewhere@gmail.com', email_verified: false, name: 'Other' });
    expect(again.user).toMatchObject({ id: first.user.id, email: ann.email, displayName: 'Ann Ü.' });
    expect(again.session.id).not.toBe(first.session.id);
    await expect
      .poll(() => heard.filter(({ payload }) => payload.userId === first.user.id).map(({ type }) => type))
      .toEqual(['user.registered']);
    const byToken = await identity.run('{ viewer { googleId } }', {}, { token: again.accessToken });
    expect(byToken).toEqual({ viewer: { googleId: ann.sub } });
  });

  it('makes one account, however many sign in at once', async () => {
    const ann = person();
    const answers = await Promise.all(Array.from({ length: 6 }, () => signIn(ann)));
    expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
    const { email } = person();
    const namesakes = await Promise.all(
      ['a', 'b', 'c'].map((domain) =>
        signIn({ ...person(), email: email.replace('gmail.com', `${domain}.example.org`) }),
      ),
    );
    expect(new Set(namesakes.map(({ user }) => user.username.toLowerCase())).size).toBe(3);
  });

  it.each([
    ['ayşe+dreams@example.org', null],
    ['a@example.org', 'usera'],
    ["o'neil.the_first+list@example.org", 'oneil.the_first'],
    [`${'long'.repeat(15)}@example.org`, 'long'.repeat(8)],
    ['support@example.org', 'support-2'],
  ])('makes a username of %s', async (email, username) => {
    const claims = { ...person(), email };
    if (username === null) expect(await fails(claims)).toMatchObject({ code: 'VALIDATION_FAILED' });
    else expect((await signIn(claims)).user).toMatchObject({ username, email });
  });

  it('leaves out what breaks our rules', async () => {
    const { user } = await signIn({ ...person(), name: 'x'.repeat(65), picture: 'javascript:alert(1)' });
    expect(user).toMatchObject({ displayName: user.username, avatarUrl: null });
  });

  it('takes over an account whose address Google vouches for, and voids what was signed in with before', async () => {
    for (const { vouched, email = person().email, ...claims } of [
      { vouched: 'Gmail' },
      { vouched: 'an organisation', email: `${somebody().username}@example.org`, hd: 'example.org' },
    ]) {
      const mallory = await identity.register({ email: email.toUpperCase() });
      const ann = { ...person(), ...claims, email, picture: 'https://lh3.example.com/a' };
      const { user, accessToken } = await signIn(ann);
      expect(user, vouched).toMatchObject({ id: mallory.id, googleId: ann.sub, avatarUrl: ann.picture });
      expect(user.sessions).toEqual([{ current: true }]);
      expect(await identity.fail('{ viewer { id } }', {}, mallory.as)).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(await identity.loginFails(mallory.username, mallory.password)).toMatchObject({ code: 'UNAUTHENTICATED' });
      await identity.run('{ viewer { id } }', {}, { token: accessToken });
    }
  });

  it('leaves an account alone whose address Google does not vouch for', async () => {
    const ann = await identity.register();
    const bob = await signIn(person());
    for (const claims of [{ email: ann.email }, { email: ann.email, email_verified: false }, { email: bob.user.email }])
      expect(await fails({ ...person(), ...claims })).toMatchObject({
        code: 'CONFLICT',
        fields: { email: ['This email address is taken.'] },
      });
    expect((await identity.login(ann)).id).toBe(ann.id);
    expect(await identity.run('query ($id: ID!) { user(id: $id) { googleId } }', ann, ann.as)).toEqual({
      user: { googleId: null },
    });
  });

  it('leaves an account alone whose address was changed after it was made, which a stolen token is enough for', async () => {
    const bob = await identity.register();
    const thief = person();
    const change = 'mutation ($email: String!) { updateProfile(input: { email: $email }) { user { email } } }';
    await identity.run(change, { email: thief.email }, bob.as);
    expect(await fails(thief)).toMatchObject({ code: 'CONFLICT' });
    expect(await identity.run('{ viewer { id } }', {}, bob.as)).toEqual({ viewer: { id: bob.id } });
  });

  it('compares no address with others that we would not take ourselves', async () => {
    const bob = await identity.register();
    const lookAlike = bob.email.replace('a', '\u0430');
    expect(lookAlike).not.toBe(bob.email);
    expect(await fails({ ...person(), email: lookAlike, hd: 'example.com' })).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    expect(await identity.run('{ viewer { id } }', {}, bob.as)).toEqual({ viewer: { id: bob.id } });
  });

  it('makes no account for an address that is not verified, nor for one that is not there', async () => {
    for (const claims of [{ email_verified: false }, { email: undefined }])
      expect(await fails({ ...person(), ...claims })).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('does not sign in to an account that is closed', async () => {
    const ann = person();
    const { user, accessToken: token } = await signIn(ann);
    const change = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }';
    await identity.run(change, { input: { currentPassword: '', newPassword: 'correct horse' } }, { token });
    const close = 'mutation { deactivateAccount(input: { password: "correct horse" }) { userId } }';
    expect(await identity.run(close, {}, { token })).toEqual({ deactivateAccount: { userId: user.id } });
    expect(await fails(ann)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await fails({ ...person(), email: ann.email })).toMatchObject({ code: 'CONFLICT' });
  });

  it('lets whoever has just done so set a first password, and then no other without it', async () => {
    const { user, accessToken: token } = await signIn(person());
    const change = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }';
    const input = { currentPassword: '', newPassword: 'correct horse' };
    const wrong = { code: 'VALIDATION_FAILED', fields: { currentPassword: ['Wrong password.'] } };
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 60_000 });
    expect(await identity.fail(change, { input }, { token })).toMatchObject(wrong);
    vi.useRealTimers();
    const answers = await Promise.all(
      ['one horse', 'two horses'].map((newPassword) =>
        identity.graph.execute(change, { input: { ...input, newPassword } }, { token }),
      ),
    );
    expect(answers.filter(({ errors }) => errors)).toHaveLength(1);
    expect(await identity.fail(change, { input }, { token })).toMatchObject(wrong);
    const newPassword = answers[0]?.errors ? 'two horses' : 'one horse';
    expect((await identity.login({ username: user.username, password: newPassword })).id).toBe(user.id);
  });

  it('shows to nobody else with which account', async () => {
    const { user } = await signIn(person());
    const ann = await identity.register();
    const query = 'query ($id: ID!) { user(id: $id) { googleId } }';
    for (const as of [ann.as, {}, { asService: true }])
      expect(await identity.run(query, user, as)).toEqual({ user: { googleId: null } });
    expect(await identity.fail(query, user, { audience: [`user:${user.id}`] })).toMatchObject({
      code: 'VIEWER_REQUIRED',
    });
  });

  it('tells in one statement for many', async () => {
    const ids = [(await signIn(person())).user.id, (await signIn(person())).user.id];
    const as = { token: (await signIn(person())).accessToken };
    const statements = await identity.statements(() =>
      identity.run('query ($ids: [ID!]!) { users(ids: $ids) { googleId } viewer { googleId } }', { ids }, as),
    );
    expect(statements.filter((sql) => sql.includes('google_account'))).toHaveLength(1);
  });

  it('refuses a token that is not good, and says when it cannot know', async () => {
    for (const document of [login, refresh]) {
      expect(await identity.fail(document, { token: 'nonsense' })).toMatchObject({ code: 'UNAUTHENTICATED' });
      const aud = 'somebody-elses.apps.example.com';
      expect(await identity.fail(document, { token: await google.token({ ...person(), aud }) })).toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    }
    await using away = await TestIdentity.open(open, {
      settings: { ...google.settings, GOOGLE_JWKS_URL: 'http://127.0.0.1:1/certs' },
    });
    await using without = await TestIdentity.open(open);
    for (const [elsewhere, code] of [
      [away, 'UNAVAILABLE'],
      [without, 'FORBIDDEN'],
    ] as const) {
      const answer = await elsewhere.graph.execute(login, { token: await google.token(person()) });
      expect(soleError(answer)).toMatchObject({ code });
      expect(JSON.stringify(answer)).not.toContain('127.0.0.1');
    }
  });

  describe('again', () => {
    it('begins another session of whoever is known, and makes no account', async () => {
      const ann = person();
      const token = await google.token(ann);
      expect(await identity.fail(refresh, { token })).toMatchObject({ code: 'NOT_FOUND', resource: 'User' });
      const { user } = await signIn(ann);
      const { refreshGoogleSession: again } = await identity.run(refresh, { token });
      expect(again.user).toMatchObject({ id: user.id, sessions: [{ current: true }, { current: false }] });
      const bob = await identity.register({ email: person().email });
      expect(
        await identity.fail(refresh, { token: await google.token({ ...person(), email: bob.email }) }),
      ).toMatchObject({ code: 'NOT_FOUND' });
    });
  });
});

describe('the settings for Google', () => {
  it('take a list of clients, and a URL', () => {
    const read = (environment: NodeJS.ProcessEnv) => readSettings(identitySettings, environment);
    expect(read({})).toMatchObject({
      GOOGLE_CLIENT_IDS: [],
      GOOGLE_JWKS_URL: 'https://www.googleapis.com/oauth2/v3/certs',
    });
    expect(read({ GOOGLE_CLIENT_IDS: 'a, b' }).GOOGLE_CLIENT_IDS).toEqual(['a', 'b']);
    expect(() => read({ GOOGLE_CLIENT_IDS: 'a,,b', GOOGLE_JWKS_URL: 'file:///etc/passwd' })).toThrow(
      /GOOGLE_CLIENT_IDS.*\nGOOGLE_JWKS_URL/,
    );
  });
});
