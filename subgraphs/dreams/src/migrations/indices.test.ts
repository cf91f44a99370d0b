import { backends } from '@kopru/test/env/backends.ts';
import { describe, expect, it } from 'vitest';
import { talkAbout } from '../analysis/analysis.talk.ts';
import { CreditAccounts } from '../credit/accounts.ts';
import { eraseDreamer } from '../dreamer/dreamer.erase.ts';
import { refuses, says } from '../testing/analyst-server.ts';
import { dreamerFor, TestDreams } from '../testing/dreams.ts';

/** SQLite says of each statement how it would find its rows, whatever their number; MySQL decides by the number. */
const [embedded] = backends;

describe('every lookup', () => {
  it('goes by an index', async () => {
    if (!embedded) throw new Error('There is no embedded backend.');
    await using backend = await embedded.open();
    await using graph = await TestDreams.open(backend);
    const { database } = graph.graph;
    const statements = new Map<string, readonly unknown[]>();
    database.onStatement((sql, parameters) => statements.set(sql, parameters));

    const ada = dreamerFor(2);
    graph.analyst.next(refuses(401), says('Good.'));
    const dreamId = await graph.dream(ada, { message: 'Deniz.', nonce: 'n' });
    await graph.analysed(ada, dreamId);
    await graph.change(ada, 'retryAnalysis', { dreamId }, 'dream { id }');
    await graph.analysed(ada, dreamId);
    await graph.change(ada, 'sendDreamMessage', { dreamId, message: 'Ve?', nonce: 'm' }, 'message { id }');
    await graph.change(ada, 'cancelAnalysis', { dreamId }, 'dream { id }');
    await graph.change(ada, 'updateDream', { dreamId, title: 'Deniz' }, 'dream { id }');
    const page = '(first: 2) { edges { cursor } }';
    await graph.user(ada, `lastChatAt dreams${page} credits { amount entries${page} }`);
    const reading = `query ($id: ID!) { dream(id: $id) { messages(last: 2) { edges { node { id } } } } }`;
    const { messages } = (await graph.run(reading, { id: dreamId }, ada)).dream;
    const of = [{ __typename: 'DreamMessage', id: messages.edges[0].node.id }];
    const entity = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on DreamMessage { id } } }';
    await graph.run(entity, { of }, ada);
    await graph.change(ada, 'deleteDream', { dreamId: await graph.dream(ada) }, 'dreamId');
    const talk = await talkAbout(database, dreamId);
    expect(await talk?.earlier()).toEqual([]);
    const accounts = new CreditAccounts(database, () => Date.now() + 90 * 86_400_000);
    expect(await accounts.due(10)).toEqual([ada]);
    await eraseDreamer({ database, now: Date.now }, accounts, ada);

    const lookups = [...statements].filter(([sql]) => /^(SELECT|UPDATE|DELETE)/.test(sql) && !/"?outbox/.test(sql));
    expect(lookups.length).toBeGreaterThan(25);
    const scans: string[] = [];
    for (const [sql, parameters] of lookups) {
      const plan: { detail: string }[] = await database.reader.query(`EXPLAIN QUERY PLAN ${sql}`, [...parameters]);
      if (plan.some(({ detail }) => /^SCAN (?!CONSTANT ROW|dummy_table|list\d)/.test(detail)))
        scans.push(`${sql}: ${JSON.stringify(plan)}`);
    }
    expect(scans).toEqual([]);
  });
});
