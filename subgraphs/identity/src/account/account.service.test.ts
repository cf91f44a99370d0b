import { readSettings } from '@kopru/runtime/config.ts';
import { MemoryQuota } from '@kopru/runtime/quota/memory.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Agents } from '../agent/agents.ts';
import { identitySettings } from '../config.ts';
import { Attempts } from '../password/attempts.ts';
import { Hashing } from '../password/hashing.ts';
import { type Claim, type Proof, Prover } from '../password/proof.ts';
import { type Person, somebody, TestIdentity } from '../testing/people.ts';
import { AccountService } from './account.service.ts';

vi.mock('@node-rs/argon2', { spy: true });

const changePassword = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }';
const deactivate = 'mutation ($password: String!) { deactivateAccount(input: { password: $password }) { userId } }';
const wrong = { message: 'Wrong name or password.', code: 'UNAUTHENTICATED' };

describe.each(backends)('accounts on $name', ({ open }) => {
  let identity: TestIdentity;
  let ann: Person;
  beforeAll(async () => {
    identity = await TestIdentity.open(open);
  });
  beforeEach(async () => {
    ann = await identity.register();
    vi.mocked(verify).mockClear();
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  const isSignedIn = async ({ as }: Person): Promise<boolean> => {
    const { errors } = await identity.graph.execute('{ viewer { id } }', {}, as);
    return errors === undefined;
  };

  describe('login', () => {
    it('takes the username or the email address, in any case', async () => {
      for (const login of [ann.username, ann.username.toUpperCase(), ann.email, ` ${ann.email.toUpperCase()}`]) {
        const again = await identity.login({ username: login, password: ann.password });
        expect(again.id).toBe(ann.id);
        expect(again.sessionId).not.toBe(ann.sessionId);
      }
    });

    it('takes the password as another keyboard would compose it', async () => {
      const { username } = await identity.register({ password: 'şifre değil é' });
      await identity.login({ username, password: 'şifre değil é'.normalize('NFD') });
    });

    it.each([
      ['an unknown name', () => [somebody().username, ann.password]],
      ['an unknown address', () => [somebody().email, ann.password]],
      ['a wrong password', () => [ann.username, 'wrong password']],
      ['no password', () => [ann.username, '']],
      ['no name', () => ['', ann.password]],
    ])('refuses %s in the same words, after the same work', async (_, credentials) => {
      const [login = '', password = ''] = credentials();
      expect(await identity.loginFails(login, password)).toEqual(wrong);
      expect(verify).toHaveBeenCalledOnce();
      expect(vi.mocked(verify).mock.calls[0]?.[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it('refuses a closed account just so', async () => {
      await identity.run(deactivate, { password: ann.password }, ann.as);
      vi.mocked(verify).mockClear();
      expect(await identity.loginFails(ann.username, ann.password)).toEqual(wrong);
      expect(verify).toHaveBeenCalledOnce();
    });

    it('stops checking after ten failures, for this address alone, until a quarter of an hour has passed', async () => {
      const client = { address: '198.51.100.1', userAgent: '' };
      const tries = Array.from({ length: 15 }, () => identity.loginFails(ann.username, 'wrong password', { client }));
      const codes = (await Promise.all(tries)).map(({ code }) => code);
      expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
      expect(verify).toHaveBeenCalledTimes(10);
      const limited = await identity.loginFails(ann.username, ann.password, { client });
      expect(limited).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
      expect(limited.retryAfter).toBeGreaterThan(890);
      await identity.login(ann);
    });

    it('begins no session with a password that is changed meanwhile', async () => {
      const { database, ground } = identity.graph;
      const hashing = new Hashing();
      class LateProver extends Prover {
        override async prove(claim: Claim): Promise<Proof | null> {
          const proof = await super.prove(claim);
          const input = { currentPassword: ann.password, newPassword: 'a better one' };
          await identity.run(changePassword, { input }, ann.as);
          return proof;
        }
      }
      const prover = new LateProver(database, hashing, new Attempts(new MemoryQuota()));
      const agents = new Agents(readSettings(identitySettings, {}));
      const accounts = new AccountService(database, prover, hashing, ground.tokens, agents);
      const login = accounts.login(
        { login: ann.username, password: ann.password, lastingRefreshToken: false },
        { address: '127.0.0.1', userAgent: '' },
      );
      await expect(login).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      const { viewer } = await identity.run('{ viewer { sessions { id } } }', {}, ann.as);
      expect(viewer.sessions).toEqual([{ id: ann.sessionId }]);
    });
  });

  describe('changePassword', () => {
    it('ends the other sessions and says so', async () => {
      const heard = await identity.graph.record(`user:${ann.id}`);
      const others = [await identity.login(ann), await identity.login(ann)];
      const input = { currentPassword: ann.password, newPassword: 'a better one' };
      await identity.run(changePassword, { input }, ann.as);
      await expect.poll(() => heard.length).toBe(2);
      for (const { sessionId } of others)
        expect(heard.map(({ type, payload }) => ({ type, payload }))).toContainEqual({
          type: 'session.revoked',
          payload: { sessionId, userId: ann.id, reason: 'PASSWORD_CHANGED', revokedAt: expect.any(String) },
        });
      for (const other of others) await expect.poll(() => isSignedIn(other)).toBe(false);
      expect(await isSignedIn(ann)).toBe(true);
      expect(await identity.loginFails(ann.username, ann.password)).toEqual(wrong);
      await identity.login({ username: ann.username, password: 'a better one' });
    });

    it('changes nothing with a wrong password or a bad new one', async () => {
      const other = await identity.login(ann);
      const tries = [
        [{ currentPassword: 'wrong password', newPassword: 'a better one' }, 'currentPassword', 'Wrong password.'],
        [{ currentPassword: ann.password, newPassword: 'short' }, 'newPassword', 'A password has 8 to 128 characters.'],
      ] as const;
      for (const [input, field, sentence] of tries)
        expect(await identity.fail(changePassword, { input }, ann.as)).toMatchObject({
          code: 'VALIDATION_FAILED',
          fields: { [field]: [sentence] },
        });
      expect(await isSignedIn(other)).toBe(true);
      await identity.login(ann);
    });

    it('needs a viewer, and bounds its guesses', async () => {
      const input = { currentPassword: 'wrong password', newPassword: 'a better one' };
      expect(await identity.fail(changePassword, { input })).toMatchObject({ code: 'UNAUTHENTICATED' });
      for (let guess = 0; guess < 10; guess++) await identity.fail(changePassword, { input }, ann.as);
      expect(await identity.fail(changePassword, { input }, ann.as)).toMatchObject({ code: 'RATE_LIMITED' });
    });

    it('lets one of two at once win', async () => {
      const other = await identity.login(ann);
      const change = (newPassword: string, { as }: Person) =>
        identity.graph.execute(changePassword, { input: { currentPassword: ann.password, newPassword } }, as);
      const answers = await Promise.all([change('the first one', ann), change('the other one', other)]);
      expect(answers.filter(({ errors }) => errors)).toHaveLength(1);
    });
  });

  describe('deactivateAccount', () => {
    it('ends every session, keeps the names taken, and shows the name but not the address', async () => {
      const heard = await identity.graph.record(`user:${ann.id}`);
      const other = await identity.login(ann);
      const { deactivateAccount } = await identity.run(deactivate, { password: ann.password }, ann.as);
      expect(deactivateAccount).toEqual({ userId: ann.id });
      await expect
        .poll(() => heard.map(({ type, payload }) => [type, payload.sessionId, payload.reason]).sort())
        .toEqual(
          [
            ['session.revoked', ann.sessionId, 'ACCOUNT_DEACTIVATED'],
            ['session.revoked', other.sessionId, 'ACCOUNT_DEACTIVATED'],
            ['user.deactivated', undefined, undefined],
          ].sort(),
        );
      for (const person of [ann, other]) await expect.poll(() => isSignedIn(person)).toBe(false);
      const { user } = await identity.run('query ($id: ID!) { user(id: $id) { username active email } }', ann);
      expect(user).toEqual({ username: ann.username, active: false, email: null });
      expect(await identity.registerFails({ username: ann.username, email: ann.email })).toMatchObject({
        fields: { username: [expect.any(String)], email: [expect.any(String)] },
      });
    });

    it('needs the password', async () => {
      expect(await identity.fail(deactivate, { password: 'wrong password' }, ann.as)).toMatchObject({
        code: 'VALIDATION_FAILED',
        fields: { password: ['Wrong password.'] },
      });
      expect(await identity.fail(deactivate, { password: ann.password })).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(await isSignedIn(ann)).toBe(true);
    });
  });
});
