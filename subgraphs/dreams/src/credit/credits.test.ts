import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { events } from '@kopru/schema/events.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { asAudience, asService, dreamerFor, stranger, TestDreams } from '../testing/dreams.ts';
import { CreditAccounts } from './accounts.ts';
import { CreditEntry } from './credit-entry.ts';
import { hold } from './ledger.ts';
import { Renewals } from './renewals.ts';

const fields = `credits { totalAmount amount plan { name monthlyCredits } renewsAt
  entries(first: $first, after: $after) { edges { node { id kind amount dreamId createdAt } } pageInfo { hasNextPage } } }`;
const day = 86_400_000;
const logger = pino({ level: 'silent' });

describe.each(backends)('credits on $name', ({ open }) => {
  let backend: OpenBackend;
  let graph: TestDreams;
  beforeAll(async () => {
    backend = await open();
    graph = await TestDreams.open(backend);
  });
  afterAll(async () => {
    await graph[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const append = ({
    type,
    topics,
    payload,
  }: ReturnType<typeof events.userRegistered | typeof events.userDeactivated>) =>
    graph.graph.ground.log.append([{ id: newId(), type, topics, payload, at: new Date().toISOString() }]);
  const kinds = async (userId: string) => (await graph.ledger(userId)).entries;
  const agrees = async (userId: string) => {
    const { balances, byEntries, byDreams } = await graph.ledger(userId);
    expect([byEntries, byDreams]).toEqual([balances, balances]);
  };
  /** The accounts as another process has them, at another time. */
  const accountsAt = (moment: string) => new CreditAccounts(graph.graph.database, () => Date.parse(moment));

  test('are one, and the Free plan, for whoever has just registered', async () => {
    const ada = newId();
    const { credits } = await graph.user(ada, fields);
    expect(credits).toEqual({
      totalAmount: 1,
      amount: 1,
      plan: { name: 'Free', monthlyCredits: 1 },
      renewsAt: expect.stringMatching(/Z$/),
      entries: {
        edges: [
          { node: { id: expect.any(String), kind: 'GRANT', amount: 1, dreamId: null, createdAt: expect.any(String) } },
        ],
        pageInfo: { hasNextPage: false },
      },
    });
    const days = (Date.parse(credits.renewsAt) - Date.now()) / day;
    expect(days).toBeGreaterThan(27.9);
    expect(days).toBeLessThan(31.1);
  });

  test('are the same whether a registration is heard of once, five times at once, or never', async () => {
    const [once, often, never] = [newId(), newId(), newId()];
    await append(events.userRegistered({ userId: once, username: 'once' }));
    await Promise.all(Array.from({ length: 5 }, () => append(events.userRegistered({ userId: often, username: 'o' }))));
    for (const userId of [once, often]) await eventually(async () => expect(await kinds(userId)).toEqual(['GRANT']));
    const read = await Promise.all([once, often, never, never, often].map((userId) => graph.amount(userId)));
    expect(read).toEqual([1, 1, 1, 1, 1]);
    for (const userId of [once, often, never]) expect(await kinds(userId)).toEqual(['GRANT']);
  });

  test('show each line of the ledger, newest first, and add up to the amount', async () => {
    const ada = dreamerFor(1);
    const [kept, gone] = [await graph.dream(ada), await graph.dream(ada)];
    await graph.change(ada, 'deleteDream', { dreamId: gone }, 'dreamId');
    const { credits } = await graph.user(ada, fields);
    const lines: { kind: string; amount: number; dreamId: string }[] = credits.entries.edges.map(
      ({ node }: { node: object }) => node,
    );
    expect(lines.map(({ kind, amount, dreamId }) => [kind, amount, dreamId])).toEqual([
      ['RELEASE', 1, gone],
      ['HOLD', -1, gone],
      ['HOLD', -1, kept],
      ['GRANT', 1, null],
      ['GRANT', 1, null],
    ]);
    expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(credits.amount);
    expect(credits).toMatchObject({ totalAmount: 2, amount: 1 });
    const [first, second] = credits.entries.edges;
    const page = await graph.user(ada, fields, ada, { first: 1, after: first.node.id });
    expect(page.credits.entries).toEqual({ edges: [second], pageInfo: { hasNextPage: true } });
  });

  test.each(['credits { amount }', 'dreams { edges { cursor } }', 'lastChatAt'])(
    '%s of a user are for the user alone',
    async (of) => {
      const ada = dreamerFor(0);
      await graph.dream(ada, { message: 'Mine.' });
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${of} } } }`;
      const fail = (as?: Parameters<TestDreams['fail']>[2]) =>
        graph.fail(query, { of: [{ __typename: 'User', id: ada }] }, as);
      expect(await fail(stranger())).toBe('FORBIDDEN User');
      expect(await fail()).toBe('UNAUTHENTICATED');
      expect(await fail(asService)).toBe('UNAUTHENTICATED');
      expect(await fail(asAudience(`user:${ada}`))).toBe('VIEWER_REQUIRED');
    },
  );

  test('come each month on the day, whenever and however often it is looked at, by one process or two', async () => {
    const ada = v7({ msecs: Date.parse('2030-01-31T08:00:00.000Z') });
    const amounts: number[] = [];
    for (const moment of [
      '2030-01-31T08:00:00.000Z',
      '2030-02-28T07:59:59.999Z',
      '2030-02-28T08:00:00.000Z',
      '2030-03-30T12:00:00.000Z',
      '2030-03-31T08:00:00.000Z',
      '2030-07-31T08:00:00.000Z',
    ]) {
      const both = [accountsAt(moment), accountsAt(moment)];
      const read = await Promise.all([...both, ...both].map((accounts) => accounts.upToDate(ada)));
      expect(new Set(read.map(({ available }) => available)).size).toBe(1);
      amounts.push(read[0]?.available ?? 0);
    }
    expect(amounts).toEqual([1, 1, 2, 2, 3, 7]);
    const { renewsAt } = await accountsAt('2030-07-31T09:00:00.000Z').upToDate(ada);
    expect(renewsAt?.toISOString()).toBe('2030-08-31T08:00:00.000Z');
    const entries = await graph.graph.database.reader.findBy(CreditEntry, { userId: ada });
    expect(entries.map(({ createdAt }) => createdAt.toISOString()).sort()[1]).toBe('2030-02-28T08:00:00.000Z');
    await agrees(ada);
  });

  test('are renewed by a job that may run twice, and at two places at once', async () => {
    // Not far off, for everybody in the database has their grants by then.
    const made = Date.now() + 40 * day;
    const at = (days: number) => accountsAt(new Date(made + days * day).toISOString());
    const people = Array.from({ length: 5 }, (_, index) => v7({ msecs: made + index }));
    for (const userId of people) await at(1).upToDate(userId);
    const job = () =>
      new Renewals({
        accounts: at(32),
        identity: () => graph.graph.ground.subgraph('identity'),
        deactivated: async () => expect.unreachable('Nobody has gone.'),
        logger,
      });
    await Promise.all([job().renew(), job().renew()]);
    await job().renew();
    for (const userId of people) {
      expect(await kinds(userId)).toEqual(['GRANT', 'GRANT']);
      await agrees(userId);
    }
  });

  test('end with the account, and so do its dreams, also where nobody heard of it', async () => {
    const [heard, unheard] = [dreamerFor(3), dreamerFor(3)];
    for (const userId of [heard, unheard]) {
      for (let count = 0; count < 2; count++) await graph.dream(userId, { message: 'Of somebody who leaves.' });
      graph.closed.add(userId);
    }
    const gone = async (userId: string) => {
      const { reader } = graph.graph.database;
      expect(await reader.query('SELECT id FROM dreams WHERE author_id = ?', [userId])).toEqual([]);
      expect(await reader.query('SELECT user_id FROM dreamers WHERE user_id = ?', [userId])).toEqual([]);
      const [account] = await reader.query('SELECT renews_at, held FROM credit_accounts WHERE user_id = ?', [userId]);
      expect(account).toEqual({ renews_at: null, held: 0 });
      await agrees(userId);
    };
    await append(events.userDeactivated({ userId: heard }));
    await append(events.userDeactivated({ userId: heard }));
    await eventually(() => gone(heard));
    const before = await kinds(unheard);
    const later = new Date(Date.now() + 32 * day).toISOString();
    const erased: string[] = [];
    const renewals = new Renewals({
      accounts: accountsAt(later),
      identity: () => graph.graph.ground.subgraph('identity'),
      deactivated: async (userId) => {
        erased.push(userId);
        await append(events.userDeactivated({ userId }));
        await eventually(() => gone(userId));
      },
      logger,
    });
    await renewals.renew();
    expect(erased).toEqual([unheard]);
    expect(await kinds(unheard)).toEqual([...before, 'RELEASE', 'RELEASE']);
    const years = new Date(Date.now() + 800 * day).toISOString();
    expect((await accountsAt(years).upToDate(heard)).granted).toBe(4);
  });

  test('are renewed where others cannot be, which are tried once a round', async () => {
    const made = Date.now() + 400 * day;
    const later = accountsAt(new Date(made + 32 * day).toISOString());
    const people = Array.from({ length: 3 }, (_, index) => v7({ msecs: made + index }));
    for (const userId of people) await accountsAt(new Date(made + day).toISOString()).upToDate(userId);
    const [stuck = '', ...others] = people;
    graph.closed.add(stuck);
    const tried: string[] = [];
    const renewals = new Renewals({
      accounts: later,
      identity: () => graph.graph.ground.subgraph('identity'),
      deactivated: async (userId) => {
        tried.push(userId);
        if (userId === stuck) throw new Error('It cannot be erased.');
        await later.upToDate(userId);
      },
      logger,
    });
    for (let round = 1; round <= 2; round++) {
      await renewals.renew();
      expect(tried.filter((userId) => userId === stuck)).toHaveLength(round);
    }
    for (const userId of others) expect(await kinds(userId)).toEqual(['GRANT', 'GRANT']);
    expect(await later.due(10)).toEqual([stuck]);
    expect(await later.due(10, new Set([stuck]))).toEqual([]);
  });

  test('are held once for a dream, whatever calls it twice', async () => {
    const ada = dreamerFor(3);
    const dreamId = await graph.dream(ada);
    const again = graph.graph.database.write((tx) => hold(tx, ada, dreamId, new Date()));
    await expect(again).rejects.toThrow();
    expect((await graph.ledger(ada)).balances).toEqual({ granted: 4, available: 3, held: 1, spent: 0 });
    await agrees(ada);
  });

  test('are renewed on their own until the job is closed, which survives a failure', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const accounts = accountsAt('2026-01-01T00:00:00.000Z');
      const due = vi.spyOn(accounts, 'due').mockRejectedValueOnce(new Error('The database is away.'));
      const renewals = new Renewals({
        accounts,
        identity: () => graph.graph.ground.subgraph('identity'),
        deactivated: async () => undefined,
        logger,
      });
      renewals.start();
      for (let round = 1; round <= 2; round++) {
        vi.advanceTimersByTime(60_000);
        await eventually(() => expect(due).toHaveBeenCalledTimes(round));
      }
      await renewals.close();
      vi.advanceTimersByTime(600_000);
      expect(due).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
