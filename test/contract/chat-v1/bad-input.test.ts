import { newId } from '@kopru/runtime/ids.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { expired, forgeries } from '../../client/forge.ts';
import { Channels, DirectChannels, Messages, ServerInDetail, Servers, User } from '../../client/shapes.ts';
import { overEveryBackend, type Place } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectRefused } from '../refused.ts';
import {
  calls,
  type Endpoint,
  type EndpointCall,
  idsIn,
  methodOf,
  pathOf,
  unknownId,
  type World,
  world,
} from './calls.ts';

const table = Object.entries(calls) as [Endpoint, EndpointCall][];
const withBody = table.filter(([, { fields }]) => fields);
const closed = table.filter(([, { open }]) => !open);
const withIds = table.filter(([endpoint]) => idsIn(endpoint).length > 0);
const guarded = table.filter(([, { denied }]) => denied);

overEveryBackend((place) => {
  let here: World;
  beforeAll(async () => {
    here = await world(place);
  });

  /** Runs what should change nothing, and expects that it did not, and that the process lives. */
  const changesNothing = async (attempt: () => Promise<void>) => {
    covers('rule:bad input writes nothing', 'rule:every error is an envelope');
    const before = await everything(here);
    await attempt();
    expect(await everything(here)).toEqual(before);
    await expectAlive(place);
  };
  const send = (endpoint: Endpoint, call: { json?: unknown; text?: string; headers?: Record<string, string> }) =>
    here.owner.rest.send(methodOf(endpoint), pathOf(endpoint, here), call);

  describe.each(withBody)('%s', (endpoint, { body, fields = {} }) => {
    test('refuses what is not JSON, or not an object', () =>
      changesNothing(async () => {
        covers('error:7002');
        for (const text of [
          '{',
          'nonsense',
          '{"name":}',
          "{'name':'x'}",
          '\u0000',
          '[]',
          '"text"',
          '5',
          'true',
          'null',
        ])
          expectRefused(await send(endpoint, { text }), 7002);
      }));

    test('refuses a body without its fields', () =>
      changesNothing(async () => {
        covers('error:6001');
        for (const [field, { required }] of Object.entries(fields))
          if (required) expectRefused(await send(endpoint, { json: { ...body?.(here), [field]: undefined } }), 6001);
      }));

    test('refuses fields of the wrong type', () =>
      changesNothing(async () => {
        for (const [field, { wrong = [5, true, {}, [], ['x'], { $ne: null }] }] of Object.entries(fields))
          for (const value of wrong)
            expectRefused(await send(endpoint, { json: { ...body?.(here), [field]: value } }), 6001, 7002);
      }));

    test('refuses values that are too long or malformed', () =>
      changesNothing(async () => {
        for (const [field, { tooLong, tooLongCode = 6001, malformed }] of Object.entries(fields)) {
          if (tooLong !== undefined)
            expectRefused(await send(endpoint, { json: { ...body?.(here), [field]: tooLong } }), tooLongCode);
          if (malformed !== undefined)
            expectRefused(await send(endpoint, { json: { ...body?.(here), [field]: malformed } }), 6001, 7003);
        }
      }));

    test('refuses 10 MB, and JSON nested without end', () =>
      changesNothing(async () => {
        const large = JSON.stringify({ ...body?.(here), more: 'x'.repeat(10 * 1024 * 1024) });
        const reply = await send(endpoint, { text: large });
        expect(reply.status, reply.call).toBe(413);
        expect(reply.body).toEqual({ error_code: 6001, msg: expect.stringMatching(/^[^A-Z]+$/) });
        expectRefused(await send(endpoint, { text: '['.repeat(100_000) }), 7002);
      }));
  });

  test.each(withIds)('%s refuses ids that are none', (endpoint) =>
    changesNothing(async () => {
      covers('error:7003');
      for (const id of idsIn(endpoint))
        for (const malformed of [
          '1',
          'me',
          'x'.repeat(300),
          `${newId()}0`,
          newId().slice(1),
          "'%20OR%201=1",
          '%00',
          '%F0%9F%8C%89',
        ]) {
          const path = pathOf(endpoint, here, { [id]: malformed });
          expectRefused(await here.owner.rest.send(methodOf(endpoint), path, bodyOf(endpoint, here)), 7003);
        }
    }),
  );

  test.each(withIds)('%s knows nothing by ids that nobody has', (endpoint) =>
    changesNothing(async () => {
      for (const id of idsIn(endpoint)) {
        const path = pathOf(endpoint, here, { [id]: newId() });
        expectRefused(await here.owner.rest.send(methodOf(endpoint), path, bodyOf(endpoint, here)), ...unknownId[id]);
      }
    }),
  );

  test.each(guarded)('%s is not for strangers', (endpoint, { denied = [] }) =>
    changesNothing(async () => {
      covers('rule:401 is for authentication alone');
      const [first = 5002, ...others] = denied;
      const { rest } = here.stranger;
      expectRefused(
        await rest.send(methodOf(endpoint), pathOf(endpoint, here), bodyOf(endpoint, here)),
        first,
        ...others,
      );
    }),
  );

  test.each(closed)('%s refuses whoever shows no good token', (endpoint) =>
    changesNothing(async () => {
      covers('error:1004', 'error:1005', 'rule:a token stays out of other audiences');
      const { token } = here.owner;
      const [method, path, body] = [methodOf(endpoint), pathOf(endpoint, here), bodyOf(endpoint, here)];
      expectRefused(await place.rest.send(method, path, body), 1004);
      expectRefused(
        await place.rest.send(method, path, { ...body, headers: { authorization: `Basic ${token}` } }),
        1004,
      );
      expectRefused(await place.rest.as(await expired(token, place.privateKey)).send(method, path, body), 1005);
      for (const forged of Object.values(await forgeries(token, place.privateKey)))
        expectRefused(await place.rest.as(forged).send(method, path, body), 1004);
    }),
  );
});

const bodyOf = (endpoint: Endpoint, here: World): { json?: object } => {
  const json = calls[endpoint].body?.(here);
  return json ? { json } : {};
};

/** All that the two people of a world can read. */
async function everything({ owner, member, ids }: World) {
  const of = async ({ rest, id }: typeof owner) => [
    await rest.get('/auth/me', User),
    await rest.get(`/users/${id}`, User),
    await rest.get('/servers', Servers),
    await rest.get(`/servers/${ids.server_id}`, ServerInDetail),
    await rest.get(`/servers/${ids.server_id}/channels`, Channels),
    await rest.get(`/channels/${ids.channel_id}/messages`, Messages),
    await rest.get(`/users/${id}/dm-channels`, DirectChannels),
  ];
  return { owner: await of(owner), member: await of(member) };
}

async function expectAlive(place: Place): Promise<void> {
  const response = await fetch(new URL('/health', place.rest.url));
  expect(await response.json()).toMatchObject({ status: 'ok' });
}
