import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './process.ts';
import type { Program } from './program.ts';
import { type OwnMariadb, ownMariadb } from './servers/mariadb.ts';
import { rabbitmqServer } from './servers/rabbitmq.ts';
import { redisServer } from './servers/redis.ts';

/** Servers that belong to one suite alone, so that it may do to them what it likes. */
export interface OwnServers extends AsyncDisposable {
  /** Where they are found. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What they keep outlives a stop, and a kill. */
export interface Brokers extends OwnServers {
  readonly redis: Program;
  readonly rabbitmq: Program;
  /** Takes away all that Redis has written down. It does not run. */
  forget(): Promise<void>;
}

/** Servers that run out of something. */
export interface Stores extends OwnServers {
  readonly redis: Program;
  readonly mariadb: OwnMariadb;
}

export const programsOfBrokers = ['redis-server', 'rabbitmq-server', 'epmd'] as const;
export const programsOfStores = ['redis-server', 'mariadbd', 'mariadb-install-db'] as const;

export async function startBrokers(): Promise<Brokers> {
  const [redisPort = 0, ...ports] = await freePorts(4);
  await using opening = new AsyncDisposableStack();
  const folder = await openFolder(opening);
  const redisFolder = await subfolder(folder, 'redis');
  const redis = own(opening, redisServer(redisFolder, redisPort));
  const { names, server, url } = rabbitmqServer(await subfolder(folder, 'rabbitmq'), ports);
  await own(opening, names).start();
  await Promise.all([redis.start(), own(opening, server).start()]);
  const opened = opening.move();
  return {
    redis,
    rabbitmq: server,
    async forget() {
      await rm(redisFolder, { recursive: true });
      await mkdir(redisFolder);
    },
    settings: { REDIS_URL: `redis://127.0.0.1:${redisPort}`, AMQP_URL: url },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

export async function startStores(): Promise<Stores> {
  const [redisPort = 0, mariadbPort = 0] = await freePorts(2);
  await using opening = new AsyncDisposableStack();
  const folder = await openFolder(opening);
  const redis = own(opening, redisServer(await subfolder(folder, 'redis'), redisPort));
  const mariadb = ownMariadb(await subfolder(folder, 'mariadb'), mariadbPort);
  await Promise.all([redis.start(), own(opening, mariadb.server).start()]);
  const opened = opening.move();
  return {
    redis,
    mariadb,
    settings: { REDIS_URL: `redis://127.0.0.1:${redisPort}`, DATABASE_URL: mariadb.url },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function own(stack: AsyncDisposableStack, program: Program): Program {
  stack.defer(() => program.kill());
  return program;
}

async function openFolder(stack: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kopru-servers-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function subfolder(folder: string, name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}
