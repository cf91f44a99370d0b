import { Registry } from 'prom-client';
import { keysFromDirectory, keysFromPem } from './auth/keys.ts';
import { Revocations, type RevokedSession } from './auth/revocations.ts';
import { accessTokenLifetime, Tokens } from './auth/tokens.ts';
import { type CommonSettings, ConfigError, commonSettings, subgraphUrlKey } from './config.ts';
import { openAmqp } from './events/amqp.ts';
import type { Outside } from './events/event.ts';
import type { Destination, EventLog } from './events/log.ts';
import { openEventLog } from './events/open.ts';
import { createLogger, type Logger } from './logger.ts';
import { counted } from './quota/counted.ts';
import { openQuota } from './quota/open.ts';
import type { Quota } from './quota/quota.ts';
import type { Needs } from './readiness.ts';
import { ask } from './subgraph/ask.ts';
import type { SubgraphClient } from './subgraph/client.ts';
import { RemoteSubgraph } from './subgraph/remote.ts';

/** The subgraph that keeps the sessions; every service learns from it which of them have ended. */
const sessionAuthority = 'identity';
const revokedSessionsTopic = 'sessions';
const revokedSessionsQuery = '{ revokedSessions { sessionId userId revokedAt } }';

/** What every service of one process stands on: log, tokens, and the way to the subgraphs. */
export interface Ground {
  readonly settings: CommonSettings & Readonly<Record<string, unknown>>;
  readonly logger: Logger;
  readonly log: EventLog;
  /** Where events go: the log, or RabbitMQ in front of it. */
  readonly destination: Destination;
  /** How often anybody may do a thing, counted over all processes. */
  readonly quota: Quota;
  readonly tokens: Tokens;
  readonly revocations: Revocations;
  readonly metrics: Registry;
  /** What no service can do without. */
  readonly needs: Needs;
  /** A subgraph: the one registered in this process, else over HTTP by `SUBGRAPH_<NAME>_URL`. */
  readonly subgraph: (name: string) => SubgraphClient;
  /** Makes a subgraph of this process known to the others in it. */
  readonly register: (subgraph: SubgraphClient) => void;
  close(): Promise<void>;
}

export interface GroundOptions {
  readonly logger?: Logger;
  /** How events look to services outside, on RabbitMQ and in Redis. They have no names there where absent. */
  readonly outside?: Outside;
}

const nameless: Outside = {
  describe: () => undefined,
  adopt: ({ event, data }) => ({ type: 'foreign', topics: [], payload: { event, data } }),
};

export async function openGround(
  service: string,
  settings: Ground['settings'],
  { logger = createLogger(service, settings.LOG_LEVEL), outside: names = nameless }: GroundOptions = {},
): Promise<Ground> {
  const local = new Map<string, SubgraphClient>();
  const remote = new Map<string, RemoteSubgraph>();
  const metrics = new Registry();
  metrics.setDefaultLabels({ service });
  const keys = settings.JWT_PRIVATE_KEY
    ? await keysFromPem(settings.JWT_PRIVATE_KEY).catch((cause: unknown) => {
        throw new ConfigError(`JWT_PRIVATE_KEY is (hidden); it takes ${commonSettings.JWT_PRIVATE_KEY.takes}.`, {
          cause,
        });
      })
    : await keysFromDirectory(settings.DATA_DIR);
  const outside = harmless(names, logger);
  const log = await openEventLog({
    redisUrl: settings.REDIS_URL,
    redisPrefix: settings.REDIS_PREFIX,
    outside: { channel: settings.GATEWAY_EVENTS_CHANNEL, describe: outside.describe },
    logger,
  });
  const { REDIS_URL: redisUrl, REDIS_PREFIX: redisPrefix } = settings;
  const quota = counted(await openQuota({ redisUrl, redisPrefix, logger }), metrics);
  const amqp =
    settings.AMQP_URL === undefined
      ? undefined
      : await openAmqp({ url: settings.AMQP_URL, exchange: settings.AMQP_EXCHANGE, log, outside, logger, metrics });
  const revocations = new Revocations({
    log,
    topic: revokedSessionsTopic,
    lifetime: accessTokenLifetime,
    load: async () => {
      const answer = await ask<{ revokedSessions: RevokedSession[] }>(
        subgraph(sessionAuthority),
        revokedSessionsQuery,
        {},
      );
      return answer.revokedSessions;
    },
  });
  const tokens = new Tokens(keys, revocations);

  function subgraph(name: string): SubgraphClient {
    const here = local.get(name) ?? remote.get(name);
    if (here) return here;
    const url = settings[subgraphUrlKey(name)];
    if (typeof url !== 'string')
      throw new ConfigError(`${subgraphUrlKey(name)} is not set; it takes the URL at which ${name} is reached.`);
    const client = new RemoteSubgraph(name, url, () => tokens);
    remote.set(name, client);
    return client;
  }

  return {
    settings,
    logger,
    log,
    destination: amqp ?? log,
    quota,
    tokens,
    revocations,
    metrics,
    needs: {
      ...(settings.REDIS_URL !== undefined && { redis: () => log.ping() }),
      [sessionAuthority]: () => revocations.ready(),
    },
    subgraph,
    register: (client) => local.set(client.name, client),
    async close() {
      await revocations.close();
      await Promise.all([...remote.values()].map((client) => client.close()));
      await amqp?.close();
      await quota.close();
      await log.close();
    },
  };
}

/** What cannot be told to services outside is not told to them, and goes its way in here. */
const harmless = ({ describe, adopt }: Outside, logger: Logger): Outside => ({
  adopt,
  describe(event) {
    try {
      return describe(event);
    } catch (error) {
      logger.error({ err: error, event: event.type, id: event.id }, 'services outside are not told of an event');
      return undefined;
    }
  },
});
