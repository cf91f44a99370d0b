import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePorts } from './process.ts';
import { Program } from './program.ts';
import { rabbitmqVersion, redisVersion } from './services.ts';

/** Servers that belong to one suite alone, so that it may stop and kill them. What they keep outlives that. */
export interface OwnServers extends AsyncDisposable {
  readonly redis: Program;
  readonly rabbitmq: Program;
  /** Takes away all that Redis has written down. It does not run. */
  forget(): Promise<void>;
  /** `REDIS_URL` and `AMQP_URL`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Debian's `rabbitmq-server` changes the user and the folder; the one of RabbitMQ itself, there, runs as whoever calls it. */
const path = ['/usr/lib/rabbitmq/bin', process.env.PATH, '/usr/sbin', '/usr/local/sbin'].join(delimiter);

/** Those of the programs that this machine does not have. */
export const missingPrograms = (...names: readonly string[]): string[] =>
  names.filter((name) => !path.split(delimiter).some((folder) => isProgram(join(folder, name))));

/** Starts a Redis that writes everything down before it answers, and a RabbitMQ. */
export async function startServers(): Promise<OwnServers> {
  const folder = await mkdtemp(join(tmpdir(), 'kopru-servers-'));
  const [redisPort = 0, ...ports] = await freePorts(4);
  const [redisFolder, rabbitmqFolder] = [await subfolder(folder, 'redis'), await subfolder(folder, 'rabbitmq')];
  const redis = redisServer(redisFolder, redisPort);
  const { names, server, url } = rabbitmqServer(rabbitmqFolder, ports);
  const all = [redis, server, names];
  const close = async (): Promise<void> => {
    await Promise.all(all.map((program) => program.kill()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await names.start();
    await Promise.all([redis.start(), server.start()]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    redis,
    rabbitmq: server,
    async forget() {
      await rm(redisFolder, { recursive: true });
      await mkdir(redisFolder);
    },
    settings: { REDIS_URL: `redis://127.0.0.1:${redisPort}`, AMQP_URL: url },
    [Symbol.asyncDispose]: close,
  };
}

function redisServer(folder: string, port: number): Program {
  const settings = { bind: '127.0.0.1', port, dir: folder, save: '', appendonly: 'yes', appendfsync: 'always' };
  return new Program({
    name: 'redis-server',
    command: ['redis-server', ...Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)])],
    environment: { PATH: path },
    folder,
    ready: () => succeeds(redisVersion(`redis://127.0.0.1:${port}`)),
  });
}

/** With the server of names that Erlang wants, which would else be started for the whole machine and left there. */
function rabbitmqServer(folder: string, [amqp = 0, distribution = 0, epmd = 0]: readonly number[]) {
  const url = `amqp://127.0.0.1:${amqp}`;
  const names = new Program({
    name: 'epmd',
    command: ['epmd', '-port', String(epmd), '-address', '127.0.0.1'],
    environment: { PATH: path },
    folder,
    ready: () => succeeds(reach(epmd)),
  });
  const server = new Program({
    name: 'rabbitmq-server',
    command: ['rabbitmq-server'],
    script: true,
    folder,
    environment: {
      PATH: path,
      // Where the secret of its cluster is kept.
      HOME: folder,
      ERL_EPMD_PORT: String(epmd),
      RABBITMQ_NODENAME: `kopru_${randomBytes(6).toString('hex')}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(amqp),
      RABBITMQ_DIST_PORT: String(distribution),
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_CONF_ENV_FILE: join(folder, 'no-environment'),
      RABBITMQ_CONFIG_FILE: join(folder, 'no-settings'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'no-plugins'),
    },
    ready: () => succeeds(rabbitmqVersion(url)),
  });
  return { names, server, url };
}

async function subfolder(folder: string, name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}

const succeeds = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );

async function reach(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
