import { Redis } from 'ioredis';
import { Program } from '../program.ts';
import { redisVersion } from '../services.ts';
import { path, succeeds } from './programs.ts';

/** A Redis that writes everything down, in `folder`, before it answers. */
export function redisServer(folder: string, port: number): Program {
  const settings = { bind: '127.0.0.1', port, dir: folder, save: '', appendonly: 'yes', appendfsync: 'always' };
  return new Program({
    name: 'redis-server',
    command: ['redis-server', ...Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)])],
    environment: { PATH: path },
    folder,
    ready: () => succeeds(redisVersion(`redis://127.0.0.1:${port}`)),
  });
}

/** Lets the Redis at `url` take nothing more to keep, until this is disposed of. */
export async function fillRedis(url: string): Promise<AsyncDisposable> {
  const redis = new Redis(url);
  const memory = (bytes: number) => redis.config('SET', 'maxmemory-policy', 'noeviction', 'maxmemory', bytes);
  await memory(1);
  return {
    async [Symbol.asyncDispose]() {
      await memory(0);
      redis.disconnect();
    },
  };
}
