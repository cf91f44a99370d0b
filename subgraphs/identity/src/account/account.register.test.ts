import { backends } from '@kopru/test/env/backends.ts';
import { In } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { somebody, TestIdentity } from '../testing/people.ts';
import { User } from '../user/user.ts';

const register = `mutation ($input: RegisterInput!) { register(input: $input) {
  user { id username displayName email active avatarUrl bio createdAt updatedAt sessions { id current } }
  session { id device address current }
  accessToken refreshToken expiresIn
} }`;

describe.each(backends)('registration on $name', ({ open }) => {
  let identity: TestIdentity;
  beforeAll(async () => {
    identity = await TestIdentity.open(open);
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  it('makes an account and signs it in', async () => {
    const input = somebody();
    const client = { address: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' };
    const { register: answer } = await identity.run(register, { input }, { client });
    expect(answer).toEqual({
      user: {
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        username: input.username,
        displayName: input.username,
        email: input.email,
        active: true,
        avatarUrl: null,
        bio: null,
        createdAt: expect.stringMatching(/\.\d{3}Z$/),
        updatedAt: answer.user.createdAt,
        sessions: [{ id: answer.session.id, current: true }],
      },
      session: { id: expect.any(String), device: 'Firefox on Linux', address: '203.0.113.7', current: true },
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresIn: 1800,
    });
    const { viewer } = await identity.run('{ viewer { username email } }', {}, { token: answer.accessToken });
    expect(viewer).toEqual({ username: input.username, email: input.email });
  });

  it('tells the other subgraphs', async () => {
    const heard = await identity.graph.record('accounts');
    const { id: userId, username } = await identity.register();
    await expect
      .poll(() => heard.map(({ type, payload }) => ({ type, payload })))
      .toContainEqual({ type: 'user.registered', payload: { userId, username } });
  });

  it('keeps names as they were typed, without the space around them', async () => {
    const { username, email } = somebody();
    const person = await identity.register({ username: ` Şule.${username}\n`, email: `\t${email.toUpperCase()} ` });
    expect(person).toMatchObject({ username: `Şule.${username}`, email: email.toUpperCase() });
  });

  it('reports every broken field at once, and makes nothing', async () => {
    const before = await identity.graph.database.reader.count(User);
    const input = { username: '!', email: 'nobody', password: 'short', displayName: ' ' };
    expect(await identity.registerFails(input)).toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: {
        username: [
          'A username has 2 to 32 characters.',
          'A username has only letters, digits, and the signs _ . and -.',
        ],
        email: ['Enter a valid email address.'],
        password: ['A password has 8 to 128 characters.'],
        displayName: ['A display name has 1 to 64 characters.'],
      },
    });
    expect(await identity.graph.database.reader.count(User)).toBe(before);
  });

  it('refuses taken names in any case, each by its field', async () => {
    const { username, email } = await identity.register();
    expect(await identity.registerFails({ username: username.toUpperCase() })).toEqual({
      message: 'This username is taken.',
      code: 'CONFLICT',
      resource: 'User',
      fields: { username: ['This username is taken.'] },
    });
    expect(await identity.registerFails({ username, email: email.toUpperCase() })).toMatchObject({
      code: 'CONFLICT',
      fields: { username: ['This username is taken.'], email: ['This email address is taken.'] },
    });
  });

  it.each([
    ['İstanbul', 'istanbul'],
    ['ışık', 'IŞIK'],
    ['Isparta', 'ısparta'],
    ['straße', 'STRASSE'],
    ['ｗｉｄｅ', 'wide'],
    ['e\u0301mile', 'Émile'],
  ])('takes %s and %s for the same name', async (first, second) => {
    const { username } = somebody();
    await identity.register({ username: `${first}${username}` });
    expect(await identity.registerFails({ username: `${second}${username}` })).toMatchObject({ code: 'CONFLICT' });
  });

  it('takes names with other accents for others', async () => {
    const { username } = somebody();
    await identity.register({ username: `jose${username}` });
    await identity.register({ username: `josé${username}` });
    await identity.register({ username: `joşe${username}` });
  });

  it.each(['username', 'email'] as const)('lets exactly one of 20 at once have a %s', async (field) => {
    const shared = somebody()[field];
    const heard = await identity.graph.record('accounts');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => identity.graph.execute(register, { input: { ...somebody(), [field]: shared } })),
    );
    const errors = answers.flatMap((answer) => answer.errors ?? []);
    expect(errors).toHaveLength(19);
    for (const { extensions } of errors)
      expect(extensions).toMatchObject({ code: 'CONFLICT', fields: { [field]: [expect.any(String)] } });
    const winners = answers.flatMap(({ data }) => data?.register.user.id ?? []);
    await identity.graph.database.drained();
    await expect.poll(() => heard.map(({ payload }) => payload.userId)).toEqual(expect.arrayContaining(winners));
    expect(await identity.graph.database.reader.countBy(User, { id: In(winners) })).toBe(1);
  });

  it('tells one address only so often what is taken, and others as before', async () => {
    const { email } = await identity.register();
    const tries = async (address: string, times: number): Promise<unknown[]> => {
      const codes = new Set<unknown>();
      for (let time = 0; time < times; time += 1) {
        const caller = { client: { address, userAgent: '' } };
        codes.add((await identity.fail(register, { input: { ...somebody(), email } }, caller)).code);
      }
      return [...codes];
    };
    expect(await tries('2001:db8:7:7::1', 100)).toEqual(['CONFLICT']);
    expect(await tries('2001:db8:7:7::2', 1)).toEqual(['RATE_LIMITED']);
    expect(await tries('2001:db8:7:8::1', 1)).toEqual(['CONFLICT']);
    expect(await tries('127.0.0.1', 101)).toEqual(['CONFLICT']);
  });

  it('keeps the password as an argon2id hash alone', async () => {
    const { id, password } = await identity.register();
    const [row] = await identity.graph.database.reader.query(`SELECT * FROM password WHERE userId = '${id}'`);
    expect(row.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(row)).not.toContain(password);
  });
});
