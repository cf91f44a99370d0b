import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program } from './program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** One service of this repository as a process of its own. */
export class ServiceProcess extends Program {
  readonly #metricsUrl: URL;

  /** `entry` from the root of the repository; the process sees `environment` and nothing of ours. */
  constructor(name: string, entry: string, environment: Readonly<Record<string, string>>, readyUrl: string) {
    super({
      name,
      command: [process.execPath, '--import', tsx, join(root, entry)],
      environment: { PATH: process.env.PATH, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...environment },
      // Away from the repository, so that no `.env` of whoever runs this is read.
      folder: tmpdir(),
      ready: () => answers(readyUrl),
    });
    this.#metricsUrl = new URL('/metrics', readyUrl);
  }

  /** The sum of a metric over those of its series that have these labels, each as `name="value"`. @throws where it does not run */
  async metric(name: string, ...labels: readonly string[]): Promise<number> {
    const lines = (await (await fetch(this.#metricsUrl)).text()).split('\n');
    const series = lines.filter(
      (line) => /^\w+/.exec(line)?.[0] === name && labels.every((label) => line.includes(label)),
    );
    return series.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    // Nobody listens yet: the answer to the question, not a failure.
    return false;
  }
}

/** Ports that are free now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server, 'listening');
      return (server.address() as { port: number }).port;
    }),
  );
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
