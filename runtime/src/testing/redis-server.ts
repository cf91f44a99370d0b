import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** Whether this machine has a Redis of its own to start. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis that nobody else uses, to be filled or taken away. */
export interface OwnRedis extends AsyncDisposable {
  readonly url: string;
  /** For what a test does to it. */
  readonly client: Redis;
  stop(): Promise<void>;
  /** Brings it back, with nothing in it. */
  start(): Promise<void>;
}

/** Starts it on a socket of its own; `options` as on its command line. */
export async function openRedisServer(...options: string[]): Promise<OwnRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'kopru-redis-'));
  const path = join(folder, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', path, '--save', '', '--dir', folder, ...options];
  let server: ChildProcess = spawn('redis-server', args, { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  };
  const client = new Redis(path, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  return {
    url: path,
    client,
    stop,
    async start() {
      server = spawn('redis-server', args, { stdio: 'ignore' });
      await client.ping();
    },
    async [Symbol.asyncDispose]() {
      client.disconnect();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
