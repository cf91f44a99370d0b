import { expect, test } from 'vitest';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { additions, endpoints } from '../inventory.ts';
import { expectRefused } from '../refused.ts';
import { calls, type Endpoint, methodOf, pathOf, world } from './calls.ts';

const inOrder = Object.keys(calls) as Endpoint[];

overEveryBackend((place) => {
  test('every endpoint answers with 200 and JSON; ids are UUIDv7 and times end in Z', async () => {
    covers('rule:every success is 200 with JSON', 'rule:ids are UUIDv7', 'rule:times are ISO 8601 UTC');
    const here = await world(place);
    expect([...inOrder].sort()).toEqual([...endpoints, ...additions].sort());
    for (const endpoint of inOrder) {
      const json = calls[endpoint].body?.(here);
      const reply = await here.owner.rest.send(methodOf(endpoint), pathOf(endpoint, here), { ...(json && { json }) });
      expect(reply.status, `${reply.call}: ${JSON.stringify(reply.body)}`).toBe(200);
      expect(reply.headers.get('content-type'), reply.call).toMatch(/^application\/json/);
      for (const [key, value] of leaves(reply.body)) {
        if (value === null) continue;
        if (/(^|_)id$/.test(key)) expect(value, `${key} of ${reply.call}`).toMatch(uuidv7);
        if (/_at$/.test(key)) expect(value, `${key} of ${reply.call}`).toMatch(utc);
      }
    }
  });

  test('any origin may ask, and a browser may send what the calls need', async () => {
    covers('rule:any origin may ask');
    const origin = 'https://chat.example';
    for (const endpoint of ['POST /auth/login', 'GET /servers', 'PATCH /servers/{server_id}'] as const) {
      const url = place.rest.url + pathOf(endpoint, { ids: {} } as never, { server_id: 'any' });
      const preflight = await fetch(url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': methodOf(endpoint),
          'access-control-request-headers': 'authorization,content-type',
        },
      });
      expect(preflight.ok, `${preflight.status} for ${endpoint}`).toBe(true);
      expect(preflight.headers.get('access-control-allow-origin')).toSatisfy((to) => to === '*' || to === origin);
      expect(preflight.headers.get('access-control-allow-methods')).toContain(methodOf(endpoint));
      const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase();
      for (const header of ['authorization', 'content-type']) expect(allowed).toContain(header);
    }
    const refused = await place.rest.send('GET', '/auth/me', { headers: { origin } });
    expectRefused(refused, 1004);
    expect(refused.headers.get('access-control-allow-origin')).toSatisfy((to) => to === '*' || to === origin);
  });
});

const uuidv7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Every key in a body, however deep, with its value where that is no object. */
function* leaves(body: unknown): Generator<[string, unknown]> {
  if (typeof body !== 'object' || body === null) return;
  for (const [key, value] of Object.entries(body)) {
    if (typeof value === 'object' && value !== null) yield* leaves(value);
    else yield [key, value];
  }
}
