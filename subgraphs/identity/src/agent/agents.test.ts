import { backends } from '@kopru/test/env/backends.ts';
import { describe, expect, it } from 'vitest';
import { type Person, somebody, TestIdentity } from '../testing/people.ts';

const rename = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }';

describe.each(backends)('the accounts of AGENT_ACCOUNTS on $name', ({ open }) => {
  const isAgent = async (identity: TestIdentity, { as }: Person) =>
    (await identity.graph.ground.tokens.verifyAccess(as.token ?? '')).agent;

  it('are agents whenever they sign in, by name or address in any case', async () => {
    await using identity = await TestIdentity.open(open);
    const [ann, bob, eve] = [await identity.register(), await identity.register(), await identity.register()];
    const AGENT_ACCOUNTS = `${ann.username.toUpperCase()}, ${bob.email}`;
    await identity.restart({ AGENT_ACCOUNTS });
    for (const person of [ann, bob]) expect(await isAgent(identity, await identity.login(person))).toBe(true);
    expect(await isAgent(identity, await identity.login(eve))).toBe(false);
    expect(await isAgent(identity, ann)).toBe(false);
  });

  it('may be made after they were listed, and are bound from then on', async () => {
    const { username, ...rest } = somebody();
    await using identity = await TestIdentity.open(open, { settings: { AGENT_ACCOUNTS: username } });
    const ann = await identity.register({ username, ...rest });
    expect(await isAgent(identity, ann)).toBe(true);
    await identity.run(rename, { input: { username: `${username}-2` } }, ann.as);
    const mallory = await identity.register({ username });
    expect(await isAgent(identity, mallory)).toBe(false);
    expect(await isAgent(identity, await identity.login(mallory))).toBe(false);
    expect(await isAgent(identity, await identity.login({ ...ann, username: `${username}-2` }))).toBe(true);
  });

  it('are bound when the service starts, so that a name that is given up makes nobody else an agent', async () => {
    await using identity = await TestIdentity.open(open);
    const ann = await identity.register();
    await identity.restart({ AGENT_ACCOUNTS: ann.email });
    await identity.run(rename, { input: { email: 'elsewhere@example.org' } }, ann.as);
    expect(await isAgent(identity, await identity.register({ email: ann.email }))).toBe(false);
    expect(await isAgent(identity, await identity.login(ann))).toBe(true);
  });

  it('lose their sessions as agents when they are listed no more, and no other sessions', async () => {
    await using identity = await TestIdentity.open(open);
    const [ann, bob] = [await identity.register(), await identity.register()];
    await identity.restart({ AGENT_ACCOUNTS: `${ann.username},${bob.username}` });
    const [annAsAgent, bobAsAgent] = [await identity.login(ann), await identity.login(bob)];
    await identity.restart({ AGENT_ACCOUNTS: bob.username });
    const viewer = '{ viewer { id } }';
    expect(await identity.fail(viewer, {}, annAsAgent.as)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await identity.run(viewer, {}, ann.as)).toEqual({ viewer: { id: ann.id } });
    expect(await isAgent(identity, await identity.login(ann))).toBe(false);
    expect(await isAgent(identity, bobAsAgent)).toBe(true);
  });
});

describe.each(backends)('AGENT_USERNAME on $name', ({ open }) => {
  const signIn = async (identity: TestIdentity) => {
    const { requestAgentCode } = await identity.run('mutation { requestAgentCode { code } }');
    const verify = `mutation { verifyAgentCode(input: { code: "${requestAgentCode.code}" }) { user { id username } } }`;
    return (await identity.run(verify)).verifyAgentCode.user;
  };

  it('names the account that is made at first, beside one that somebody had before', async () => {
    await using identity = await TestIdentity.open(open);
    const ann = await identity.register({ username: 'Yardım' });
    await identity.restart({ AGENT_USERNAME: 'yardım' });
    const shared = await signIn(identity);
    expect(shared).toEqual({ id: expect.not.stringMatching(ann.id), username: 'yardım-2' });
    const login = await identity.login(ann);
    expect((await identity.graph.ground.tokens.verifyAccess(login.as.token ?? '')).agent).toBe(false);
    await identity.run(rename, { input: { email: 'ann@example.org', username: 'Yardım' } }, login.as);
    await identity.restart({ AGENT_USERNAME: 'support' });
    expect(await signIn(identity)).toEqual(shared);
  });
});
