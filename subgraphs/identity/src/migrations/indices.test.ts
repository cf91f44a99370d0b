import { backends } from '@kopru/test/env/backends.ts';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { SessionSweep } from '../session/session.sweep.ts';
import { TestGoogle } from '../testing/google.ts';
import { TestIdentity } from '../testing/people.ts';

/** SQLite says of each statement how it would find its rows, whatever their number; MySQL decides by the number. */
const [embedded] = backends;

describe('every lookup', () => {
  it('goes by an index', async () => {
    if (!embedded) throw new Error('There is no embedded backend.');
    await using google = await TestGoogle.open();
    await using identity = await TestIdentity.open(embedded.open, { settings: google.settings });
    const { database } = identity.graph;
    const statements = new Map<string, readonly unknown[]>();
    database.onStatement((sql, parameters) => statements.set(sql, parameters));

    const ann = await identity.register();
    const { as, refreshToken } = await identity.login({ username: ann.email, password: ann.password });
    const refresh = 'mutation ($t: String!) { refreshSession(input: { refreshToken: $t }) { refreshToken } }';
    await identity.run(refresh, { t: refreshToken });
    await identity.run('query ($t: String!) { verifyToken(token: $t) { valid } }', { t: as.token });
    await identity.run('{ viewer { email sessions { id } } }', {}, as);
    await identity.run('query ($ids: [ID!]!) { users(ids: $ids) { id } }', { ids: [ann.id] });
    await identity.run(
      'mutation { updateProfile(input: { username: "ann", email: "a@example.org" }) { user { id } } }',
      {},
      as,
    );
    await identity.registerFails({ username: 'ann' });
    const passwords = { currentPassword: ann.password, newPassword: 'a better one' };
    const change = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }';
    await identity.run(change, { input: passwords }, as);
    const revoke = 'mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { sessionId } }';
    await identity.run(revoke, { id: ann.sessionId }, as);
    await identity.run('{ revokedSessions { sessionId } }', {}, { asService: true });
    await identity.run('mutation { logout(input: { everywhere: true }) { revokedSessionIds } }', {}, as);
    const again = await identity.login({ username: 'ann', password: 'a better one' });
    await identity.run('mutation { deactivateAccount(input: { password: "a better one" }) { userId } }', {}, again.as);
    const { requestAgentCode } = await identity.run('mutation { requestAgentCode { code } }');
    const verify = 'mutation ($code: String!) { verifyAgentCode(input: { code: $code }) { session { id } } }';
    const { verifyAgentCode } = await identity.run(verify, requestAgentCode);
    const access = 'query ($id: ID!) { sessionAccess(sessionId: $id) { token } }';
    await identity.run(access, verifyAgentCode.session, { asService: true });
    const googleToken = await google.token({ sub: '1', email: 'eve@gmail.com' });
    const withGoogle = `mutation { loginWithGoogle(input: { token: "${googleToken}" }) { user { googleId } } }`;
    for (let time = 0; time < 2; time++) await identity.run(withGoogle);
    const sweep = new SessionSweep(database, pino({ level: 'silent' }));
    for (const days of [1, 60]) await sweep.sweep(Date.now() + days * 24 * 60 * 60 * 1000);

    const lookups = [...statements].filter(([sql]) => /^(SELECT|UPDATE|DELETE)/.test(sql) && !/"outbox/.test(sql));
    expect(lookups.length).toBeGreaterThan(20);
    const scans: string[] = [];
    for (const [sql, parameters] of lookups) {
      const plan: { detail: string }[] = await database.reader.query(`EXPLAIN QUERY PLAN ${sql}`, [...parameters]);
      if (plan.some(({ detail }) => /^SCAN (?!CONSTANT ROW|dummy_table)/.test(detail)))
        scans.push(`${sql}: ${JSON.stringify(plan)}`);
    }
    expect(scans).toEqual([]);
  });
});
