import { describe, test } from 'vitest';
import { backends, type OpenBackend } from './env/backends.ts';
import { startCluster, startEmbedded } from './env/installation.ts';
import { missingPrograms } from './env/servers/programs.ts';
import {
  type Brokers,
  type OwnServers,
  programsOfBrokers,
  programsOfStores,
  type Stores,
  startBrokers,
  startStores,
} from './env/servers.ts';
import { type Place, running, type Start } from './place.ts';

/** Runs tests on three gateways and the rest, over MariaDB and a Redis and a RabbitMQ of their own, which they may take away. */
export function overOwnBrokers(tests: (place: Place, brokers: () => Brokers) => void): void {
  const [shared] = backends.filter((backend) => backend.shared);
  const missing = missingPrograms(...programsOfBrokers);
  if (!shared) test.skip('left out: MariaDB and Redis cannot be reached', () => undefined);
  else if (missing.length > 0) test.skip(`left out: this machine has no ${missing.join(', no ')}`, () => undefined);
  else overOwn(shared.open, startBrokers, (settings) => startCluster(settings, 3), tests);
}

/** Runs tests on one process, over a MariaDB and a Redis of their own, which may run out of what they need. */
export function overOwnStores(tests: (place: Place, stores: () => Stores) => void): void {
  const [embedded] = backends;
  const missing = missingPrograms(...programsOfStores);
  if (missing.length > 0) test.skip(`left out: this machine has no ${missing.join(', no ')}`, () => undefined);
  else if (embedded) overOwn(embedded.open, startStores, startEmbedded, tests);
}

/** What `open` gives, but for the servers that are the suite's own. */
function overOwn<Servers extends OwnServers>(
  open: () => Promise<OpenBackend>,
  startServers: () => Promise<Servers>,
  start: Start,
  tests: (place: Place, servers: () => Servers) => void,
): void {
  let servers: Servers;
  const openOwn = async (): Promise<OpenBackend> => {
    await using opening = new AsyncDisposableStack();
    servers = opening.use(await startServers());
    const { settings } = opening.use(await open());
    const opened = opening.move();
    return {
      settings: { ...settings, ...servers.settings },
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    };
  };
  describe('servers of its own', () => tests(running(openOwn, start, {}), () => servers));
}
