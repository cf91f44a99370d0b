import { newId } from '@kopru/runtime/ids.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Access } from '../access/access.ts';
import { Community } from '../access/community.ts';
import { type Messenger, openMessenger } from '../testing/fixture.ts';
import { PresenceSweeper } from './presence.sweeper.ts';

const openOne = `mutation ($id: ID!) { openConnection(input: { connectionId: $id }) {
  presence { user { id } status customStatus } expiresAt
} }`;
const renew = 'mutation ($ids: [ID!]!) { renewConnections(input: { connectionIds: $ids }) { renewed } }';
const closeOne = `mutation ($id: ID!) { closeConnection(input: { connectionId: $id }) { presence { user { id } status } } }`;
const choose =
  'mutation ($input: SetPresenceInput!) { setPresence(input: $input) { presence { status customStatus } } }';
const presenceOf = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on User { presence { user { id } status customStatus } }
  ... on Server { presences { user { id } status customStatus } }
} }`;

describe.each(backends)('presence on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;
  let ada: string;
  let serverId: string;

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
  });
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    ada = newId();
    serverId = messenger.town.server(ada);
  });

  const seen = async (userId = ada): Promise<[string, string | null]> => {
    const { _entities } = await messenger.data(presenceOf, { r: [{ __typename: 'User', id: userId }] }, newId());
    expect(_entities[0].presence.user).toEqual({ id: userId });
    return [_entities[0].presence.status, _entities[0].presence.customStatus];
  };
  const set = (status: string, more: object = {}) => messenger.data(choose, { input: { status, ...more } }, ada);
  /** What was announced of a user so far. */
  async function listen(userId = ada) {
    const heard = await messenger.record(`user:${userId}`);
    return { heard, changes: () => heard.map(({ payload }) => [payload.status, payload.customStatus]) };
  }
  /** A sweeper at another time, as a process of its own would have it. */
  function sweeperAt(milliseconds: number): PresenceSweeper {
    const access = new Access(new Community(() => messenger.ground.subgraph('community')), messenger.ground.log);
    const { database } = messenger;
    return new PresenceSweeper(
      { database, access, now: () => Date.now() + milliseconds },
      createLogger('test', 'silent'),
    );
  }

  test('the first connection makes visible, the last one that closes makes invisible', async () => {
    const { heard, changes } = await listen();
    const [first, second] = [newId(), newId()];
    expect(await seen()).toEqual(['OFFLINE', null]);
    const { openConnection } = await messenger.data(openOne, { id: first }, ada);
    expect(openConnection.presence).toEqual({ user: { id: ada }, status: 'ONLINE', customStatus: null });
    const lease = Date.parse(openConnection.expiresAt) - Date.now();
    expect(lease > 50_000 && lease <= 60_000).toBe(true);
    await messenger.data(openOne, { id: second }, ada);
    await messenger.data(openOne, { id: second }, ada);
    await messenger.data(closeOne, { id: first }, ada);
    expect(await seen()).toEqual(['ONLINE', null]);
    const { closeConnection } = await messenger.data(closeOne, { id: second }, ada);
    expect(closeConnection.presence).toEqual({ user: { id: ada }, status: 'OFFLINE' });
    await messenger.data(closeOne, { id: second }, ada);
    expect(await seen()).toEqual(['OFFLINE', null]);
    await expect.poll(changes).toEqual([
      ['ONLINE', null],
      ['OFFLINE', null],
    ]);
    expect(heard[0]).toMatchObject({ type: 'presence.changed', topics: [`user:${ada}`, `server:${serverId}`] });
  });

  test('many connections that come and go at once end where they should', async () => {
    const { changes } = await listen();
    const ids = Array.from({ length: 10 }, () => newId());
    await Promise.all(ids.map((id) => messenger.data(openOne, { id }, ada)));
    expect(await seen()).toEqual(['ONLINE', null]);
    await Promise.all(ids.map((id) => messenger.data(closeOne, { id }, ada)));
    await expect.poll(changes).toEqual([
      ['ONLINE', null],
      ['OFFLINE', null],
    ]);
  });

  test('what was chosen is shown while connected, and announced where others see a difference', async () => {
    const { changes } = await listen();
    const line = 'ışıkta 🌙';
    expect((await set('DND', { customStatus: line })).setPresence.presence).toEqual({
      status: 'OFFLINE',
      customStatus: null,
    });
    await messenger.data(openOne, { id: newId() }, ada);
    expect(await seen()).toEqual(['DND', line]);
    await set('DND');
    await set('IDLE');
    expect(await seen()).toEqual(['IDLE', line]);
    // Invisible: what changes behind it stays behind it.
    await set('OFFLINE');
    await set('OFFLINE', { customStatus: 'hidden' });
    expect(await seen()).toEqual(['OFFLINE', null]);
    await messenger.data(openOne, { id: newId() }, ada);
    await set('ONLINE', { customStatus: '  ' });
    expect(await seen()).toEqual(['ONLINE', null]);
    await set('ONLINE', { customStatus: 'back' });
    await set('ONLINE', { customStatus: null });
    await expect.poll(changes).toEqual([
      ['DND', line],
      ['IDLE', line],
      ['OFFLINE', null],
      ['ONLINE', null],
      ['ONLINE', 'back'],
      ['ONLINE', null],
    ]);
  });

  test('a connection that is not renewed runs out, and two who sweep announce it once', async () => {
    const { changes } = await listen();
    const [kept, left] = [newId(), newId()];
    await messenger.data(openOne, { id: kept }, ada);
    await messenger.data(openOne, { id: left }, ada);
    await sweeperAt(55_000).sweep();
    expect(await seen()).toEqual(['ONLINE', null]);
    await Promise.all([sweeperAt(61_000).sweep(), sweeperAt(61_000).sweep()]);
    expect(await seen()).toEqual(['OFFLINE', null]);
    expect((await messenger.data(renew, { ids: [kept, left] }, ada)).renewConnections.renewed).toEqual([]);
    await messenger.data(openOne, { id: kept }, ada);
    await expect.poll(changes).toEqual([
      ['ONLINE', null],
      ['OFFLINE', null],
      ['ONLINE', null],
    ]);
  });

  test('one sweep takes all that has run out, however many', async () => {
    const people = Array.from({ length: 60 }, () => newId());
    for (const id of people) await messenger.data(openOne, { id: newId() }, id);
    await sweeperAt(61_000).sweep();
    const { _entities } = await messenger.data(
      presenceOf,
      { r: people.map((id) => ({ __typename: 'User', id })) },
      ada,
    );
    expect(new Set(_entities.map(({ presence }: { presence: { status: string } }) => presence.status))).toEqual(
      new Set(['OFFLINE']),
    );
  });

  test('nothing ends while it cannot be announced', async () => {
    await messenger.data(openOne, { id: newId() }, ada);
    messenger.town.away = true;
    try {
      await sweeperAt(61_000).sweep();
      expect(await seen()).toEqual(['ONLINE', null]);
    } finally {
      messenger.town.away = false;
    }
    await sweeperAt(61_000).sweep();
    expect(await seen()).toEqual(['OFFLINE', null]);
  });

  test("a viewer renews and closes what is theirs, a service what is anybody's", async () => {
    const bob = newId();
    const [mine, his] = [newId(), newId()];
    await messenger.data(openOne, { id: mine }, ada);
    await messenger.data(openOne, { id: his }, bob);
    const renewedAs = async (as: Parameters<Messenger['execute']>[2]): Promise<string[]> =>
      (await messenger.execute(renew, { ids: [mine, his, newId()] }, as)).data?.renewConnections.renewed.sort();
    expect(await renewedAs(ada)).toEqual([mine]);
    expect(await renewedAs({ asService: true })).toEqual([mine, his].sort());
    expect(await messenger.refusal(renew, { ids: [mine] })).toBe('UNAUTHENTICATED');

    await messenger.data(closeOne, { id: his }, ada);
    expect(await seen(bob)).toEqual(['ONLINE', null]);
    expect(await messenger.refusal(openOne, { id: his }, ada)).toBe('CONFLICT Connection');
    const { data } = await messenger.execute(closeOne, { id: his }, { asService: true });
    expect(data?.closeConnection.presence).toEqual({ user: { id: bob }, status: 'OFFLINE' });
    expect(await messenger.refusal(closeOne, { id: his }, { asService: true })).toBe('NOT_FOUND Connection');
    expect(await messenger.refusal(closeOne, { id: mine })).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(openOne, { id: mine }, { asService: true })).toBe('UNAUTHENTICATED');
  });

  test('a lease that is renewed lasts', async () => {
    const id = newId();
    await messenger.data(openOne, { id }, ada);
    // As if it had been opened a minute ago.
    await messenger.database.write(({ manager }) =>
      manager.query('UPDATE presence_connections SET expires_at = ? WHERE id = ?', [new Date(Date.now() + 500), id]),
    );
    await messenger.data(renew, { ids: [id] }, ada);
    await sweeperAt(30_000).sweep();
    expect(await seen()).toEqual(['ONLINE', null]);
  });

  test('the presences of a server are of its members who are there', async () => {
    const [bob, eve, stranger] = [newId(), newId(), newId()];
    const shared = messenger.town.server(ada, bob, eve);
    for (const person of [ada, bob, stranger]) await messenger.data(openOne, { id: newId() }, person);
    await set('IDLE', { customStatus: 'lunch' });
    const { _entities } = await messenger.data(presenceOf, { r: [{ __typename: 'Server', id: shared }] }, eve);
    expect(_entities[0].presences).toEqual([
      { user: { id: ada }, status: 'IDLE', customStatus: 'lunch' },
      { user: { id: bob }, status: 'ONLINE', customStatus: null },
    ]);
  });

  test.each([
    ['a connection without a name', openOne, { id: '' }, 'connectionId'],
    ['a connection with a long name', openOne, { id: 'a'.repeat(65) }, 'connectionId'],
    ['too many renewals', renew, { ids: Array.from({ length: 1_001 }, () => 'a') }, 'connectionIds'],
    ['a long line', choose, { input: { status: 'ONLINE', customStatus: '👋'.repeat(129) } }, 'customStatus'],
  ])('refuses %s', async (_, query, variables, field) => {
    const { errors } = await messenger.execute(query, variables, ada);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: { [field]: [expect.any(String)] },
    });
  });
});
