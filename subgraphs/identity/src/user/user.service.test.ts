import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, somebody, TestIdentity } from '../testing/people.ts';

const user = 'query ($id: ID!) { user(id: $id) { id username email } }';
const users = 'query ($ids: [ID!]!) { users(ids: $ids) { id username } }';
const entities = 'query ($them: [_Any!]!) { _entities(representations: $them) { ... on User { id displayName } } }';
const update = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
  user { username email displayName avatarUrl bio updatedAt }
} }`;

describe.each(backends)('users on $name', ({ open }) => {
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
  afterAll(() => identity[Symbol.asyncDispose]());

  describe('viewer', () => {
    const viewer = '{ viewer { id } }';

    it('is who asks, or null without credentials', async () => {
      expect(await identity.run(viewer, {}, ann.as)).toEqual({ viewer: { id: ann.id } });
      expect(await identity.run(viewer)).toEqual({ viewer: null });
      expect(await identity.fail(viewer, {}, { token: 'no token of ours' })).toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('has no answer in a shared execution', async () => {
      expect(await identity.fail(viewer, {}, { audience: ['accounts'] })).toMatchObject({ code: 'VIEWER_REQUIRED' });
    });
  });

  describe('user', () => {
    it('is known to anybody, but for the address', async () => {
      for (const as of [bob.as, {}, { asService: true }])
        expect(await identity.run(user, ann, as)).toEqual({
          user: { id: ann.id, username: ann.username, email: null },
        });
      expect(await identity.run(user, ann, ann.as)).toMatchObject({ user: { email: ann.email } });
    });

    it("keeps the address out of a shared execution, and of nobody else's", async () => {
      const shared = { audience: [`user:${ann.id}`] };
      expect(await identity.fail(user, ann, shared)).toMatchObject({ code: 'VIEWER_REQUIRED' });
      expect(await identity.run('query ($id: ID!) { user(id: $id) { username } }', ann, shared)).toEqual({
        user: { username: ann.username },
      });
    });

    it.each(['nobody', '', "' OR 1=1", newId()])('is NOT_FOUND for %j', async (id) => {
      const answer = await identity.graph.execute(user, { id });
      expect(answer.data).toEqual({ user: null });
      expect(answer.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', resource: 'User' } }]);
    });
  });

  describe('users', () => {
    it('come in the order of their ids, null where there is none', async () => {
      const ids = [bob.id, newId(), ann.id, 'nobody', bob.id];
      const answer = await identity.run(users, { ids });
      expect(answer.users.map((found: { id: string } | null) => found?.id ?? null)).toEqual([
        bob.id,
        null,
        ann.id,
        null,
        bob.id,
      ]);
    });

    it('are at most 100', async () => {
      expect(await identity.fail(users, { ids: Array.from({ length: 101 }, newId) })).toMatchObject({
        code: 'VALIDATION_FAILED',
        fields: { ids: ['At most 100 users at a time.'] },
      });
    });

    it.each([1, 10, 100])('%i are one statement, also as references', async (count) => {
      const ids = [ann.id, bob.id, ...Array.from({ length: 98 }, newId)].slice(0, count);
      expect(await identity.statements(() => identity.run(users, { ids }))).toHaveLength(1);
      const them = ids.map((id) => ({ __typename: 'User', id }));
      expect(await identity.statements(() => identity.run(entities, { them }))).toHaveLength(1);
    });

    it('are no statement where no id could be one', async () => {
      expect(await identity.statements(() => identity.run(users, { ids: ['nobody'] }))).toEqual([]);
    });

    it('are found as references, null where there is none', async () => {
      const them = [newId(), ann.id, 'nobody'].map((id) => ({ __typename: 'User', id }));
      expect(await identity.run(entities, { them })).toEqual({
        _entities: [null, { id: ann.id, displayName: ann.username }, null],
      });
    });
  });

  describe('updateProfile', () => {
    const change = async (input: object) => (await identity.run(update, { input }, ann.as)).updateProfile.user;

    it('changes what is given, tells, and leaves the rest', async () => {
      const heard = await identity.graph.record(`user:${ann.id}`);
      const set = { displayName: ' Ann Ö. ', avatarUrl: 'https://example.org/ann.png', bio: 'Hello.\nIt is me.' };
      const first = await change(set);
      expect(first).toMatchObject({ ...set, displayName: 'Ann Ö.', username: ann.username, email: ann.email });
      expect(await change({ bio: null })).toMatchObject({ ...set, displayName: 'Ann Ö.', bio: null });
      expect(await change({ displayName: null, avatarUrl: null })).toMatchObject({
        displayName: ann.username,
        avatarUrl: null,
      });
      await expect
        .poll(() => heard.map(({ type, payload }) => ({ type, payload })))
        .toEqual(Array(3).fill({ type: 'user.updated', payload: { userId: ann.id } }));
      const { user: found } = await identity.run('query ($id: ID!) { user(id: $id) { displayName updatedAt } }', ann);
      expect(found.displayName).toBe(ann.username);
      expect(found.updatedAt >= first.updatedAt).toBe(true);
    });

    it('changes the names that one signs in with', async () => {
      const { username, email } = somebody();
      expect(await change({ username, email })).toMatchObject({ username, email, displayName: username });
      await identity.login({ ...ann, username });
      await identity.login({ ...ann, username: email });
      expect(await identity.loginFails(ann.username, ann.password)).toMatchObject({ code: 'UNAUTHENTICATED' });
      await identity.register({ username: ann.username, email: ann.email });
    });

    it('lets one write their own name in another case', async () => {
      const username = ann.username.toUpperCase();
      expect(await change({ username })).toMatchObject({ username });
    });

    it('says nothing where nothing changes', async () => {
      const heard = await identity.graph.record(`user:${ann.id}`);
      const { updatedAt } = await change({ bio: 'Hello.' });
      expect(await change({ bio: 'Hello.', username: ann.username })).toMatchObject({ updatedAt });
      expect(await change({})).toMatchObject({ updatedAt });
      await identity.graph.database.drained();
      await expect.poll(() => heard.length).toBe(1);
    });

    it('reports every broken field at once, and changes nothing', async () => {
      const input = { username: 'a b', email: null, displayName: '', avatarUrl: 'ftp://x', bio: 'x'.repeat(501) };
      expect(await identity.fail(update, { input }, ann.as)).toMatchObject({
        code: 'VALIDATION_FAILED',
        fields: {
          username: ['A username has only letters, digits, and the signs _ . and -.'],
          email: ['An email address cannot be removed.'],
          displayName: ['A display name has 1 to 64 characters.'],
          avatarUrl: ['An avatar is a URL that begins with http:// or https://.'],
          bio: ['A bio has at most 500 characters.'],
        },
      });
      expect(await change({})).toMatchObject({ username: ann.username, displayName: ann.username });
    });

    it('refuses names that others have, also when many want one at once', async () => {
      expect(await identity.fail(update, { input: { username: bob.username.toUpperCase() } }, ann.as)).toMatchObject({
        code: 'CONFLICT',
        resource: 'User',
        fields: { username: ['This username is taken.'] },
      });
      const { email } = somebody();
      const people = await Promise.all(Array.from({ length: 5 }, () => identity.register()));
      const answers = await Promise.all(
        people.map(({ as }) => identity.graph.execute(update, { input: { email } }, as)),
      );
      const errors = answers.flatMap((answer) => answer.errors ?? []);
      expect(errors).toHaveLength(4);
      for (const { extensions } of errors)
        expect(extensions).toMatchObject({ code: 'CONFLICT', fields: { email: ['This email address is taken.'] } });
    });

    it('tells one only so often which names others have', async () => {
      const codes: string[] = [];
      for (let time = 0; time < 61; time += 1)
        codes.push((await identity.fail(update, { input: { email: bob.email } }, ann.as)).code);
      expect(codes).toEqual([...Array(60).fill('CONFLICT'), 'RATE_LIMITED']);
      expect(await change({ bio: 'Still there.' })).toMatchObject({ bio: 'Still there.' });
    });

    it('needs a viewer who still has an account', async () => {
      for (const as of [{}, newId()])
        expect(await identity.fail(update, { input: { bio: 'Hello.' } }, as)).toMatchObject({
          code: 'UNAUTHENTICATED',
        });
    });
  });
});
