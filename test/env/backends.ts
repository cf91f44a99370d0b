import { inject } from 'vitest';
import { type OpenBackend, openBroker, openEmbedded, openServers } from './open.ts';
// For the type of what is injected, also where nothing else leads to it.
import type {} from './services.ts';

export type { OpenBackend } from './open.ts';

/** What the services stand on. A suite runs over each: `describe.each(backends)('$name', ({ open }) => …)`. */
export interface Backend {
  readonly name: string;
  /** Whether several processes may stand on it. */
  readonly shared: boolean;
  /** Whether RabbitMQ is in front of the event log. */
  readonly broker: boolean;
  /** Makes a place nobody else uses, by random names. Dispose of it when everything that uses it is closed. */
  readonly open: () => Promise<OpenBackend>;
}

const services = inject('services');
const { database, redis, rabbitmq } = services;

/** SQLite and the log in memory always; MariaDB (or MySQL) and Redis where both answer. */
export const backends: readonly Backend[] = [
  { name: 'SQLite + memory', shared: false, broker: false, open: openEmbedded },
  ...(database.version && redis.version
    ? [
        {
          name: `${database.version} + ${redis.version}`,
          shared: true,
          broker: false,
          open: () => openServers(services),
        },
      ]
    : []),
];

/** The same, and RabbitMQ in front of Redis where it answers too: for what events go through. */
export const eventBackends: readonly Backend[] = backends.flatMap((backend) =>
  backend.shared && rabbitmq.version
    ? [
        backend,
        { name: `${backend.name} + ${rabbitmq.version}`, shared: true, broker: true, open: () => openBroker(services) },
      ]
    : backend,
);
