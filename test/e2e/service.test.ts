import { expect, onTestFinished, test } from 'vitest';
import { newPrivateKey } from '../client/forge.ts';
import { freePorts, ServiceProcess } from '../env/process.ts';

/** A service of its own whose Redis and database are not there. */
async function service(entry: string, settings: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  const [redis, database, own] = await freePorts(3);
  const environment = {
    REDIS_URL: `redis://127.0.0.1:${redis}`,
    DATABASE_URL: `mysql://root:hidden-password@127.0.0.1:${database}/kopru`,
    JWT_PRIVATE_KEY: newPrivateKey(),
    SUBGRAPH_IDENTITY_URL: `http://127.0.0.1:${own}/graphql`,
    ...settings,
  };
  const process = new ServiceProcess('service', entry, environment, `http://127.0.0.1:${own}/ready`);
  onTestFinished(() => process.kill());
  return process;
}
const identity = 'subgraphs/identity/src/main.ts';

test('what a service shares with others it must be told', { timeout: 60_000 }, async () => {
  const alone = await service(identity, { DATABASE_URL: '', REDIS_URL: '', JWT_PRIVATE_KEY: '' });
  await expect(alone.start()).rejects.toThrow('ended with 78');
  expect(alone.log).toBe(
    `Cannot start:
DATABASE_URL is not set; a service that runs alone takes the mysql:// URL of the database that all processes of a subgraph share.
REDIS_URL is not set; a service that runs alone takes the redis:// URL of the event log that all of them share.
JWT_PRIVATE_KEY is not set; a service that runs alone takes the Ed25519 private key, in PKCS #8 PEM, that all of them share.
`,
  );
});

test('a stop is heard while it waits for what it needs', { timeout: 60_000 }, async () => {
  const waiting = await service(identity);
  const started = waiting.start();
  await expect.poll(() => waiting.log).toContain('Redis cannot be reached');
  await waiting.stop();
  await expect(started).rejects.toThrow('ended with 0');
});
