import { afterEach, expect, test } from 'vitest';
import { startAll } from '../../env/program.ts';
import type { Place } from '../../place.ts';
import { disconnected, expectEverything } from './account.ts';
import { Crowd } from './crowd.ts';

/** How long one fault may take on a machine that is busy, in milliseconds; idle, none takes a quarter of a minute. */
const timeout = 240_000;
/** How much is said, or tried to be, while a service is away. */
const meanwhile = 60;

/** What everybody hears when a service goes and comes back under a steady stream of messages. */
export function serviceFaults(place: Place): void {
  afterEach(() => startAll(place.installation.services.values()));

  test.each([
    { name: 'identity', how: 'kill', leaves: [] },
    { name: 'community', how: 'kill', leaves: [] },
    { name: 'messaging', how: 'kill', leaves: [] },
    { name: 'messaging', how: 'stop', leaves: [] },
    { name: 'support', how: 'kill', leaves: [] },
    { name: 'dreams', how: 'kill', leaves: [] },
    { name: 'router 0', how: 'kill', leaves: [] },
    { name: 'router 0', how: 'stop', leaves: [] },
    { name: 'compat 2', how: 'kill', leaves: ['gateway 2 /', 'gateway 2 /ws'] },
    { name: 'compat 2', how: 'stop', leaves: ['gateway 2 /', 'gateway 2 /ws'] },
  ] as const)('$name goes ($how) and comes back: nothing is lost', { timeout }, async ({ name, how, leaves }) => {
    const crowd = await Crowd.gather(place);
    const service = place.installation.services.get(name);
    await service?.[how]();
    expect(service?.running).toBe(false);
    await crowd.talk(meanwhile);
    await service?.start();
    await crowd.hear(20);
    const account = await crowd.part(`${name} goes (${how})`);
    expectEverything(account);
    expect(disconnected(account), 'its own sockets, and no others').toEqual(leaves);
  });
}
