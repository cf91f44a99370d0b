import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsx = import.meta.resolve('tsx');
/** How long a start may take, in milliseconds. */
const startWithin = 120_000;
const keptLines = 4_000;

/** One service of this repository as a process of its own, ended by its own id. */
export class ServiceProcess {
  readonly name: string;
  readonly #entry: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #readyUrl: string;
  #child: ChildProcess | undefined;
  #lines: string[] = [];

  /** `entry` from the root of the repository; the process sees `environment` and nothing of ours. */
  constructor(name: string, entry: string, environment: Readonly<Record<string, string>>, readyUrl: string) {
    this.name = name;
    this.#entry = entry;
    this.#environment = environment;
    this.#readyUrl = readyUrl;
  }

  /** Everything it has written so far. */
  get log(): string {
    return this.#lines.join('');
  }

  /** @throws where it does not run */
  get pid(): number {
    if (!this.running || this.#child?.pid === undefined) throw new Error(`${this.name} does not run.`);
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts it, and returns once it says that it is ready. @throws with its log where it never is. */
  async start(): Promise<void> {
    // Away from the repository, so that no `.env` of whoever runs this is read.
    const child = spawn(process.execPath, ['--import', tsx, join(root, this.#entry)], {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#lines.push(text);
        if (this.#lines.length > keptLines) this.#lines = this.#lines.slice(-keptLines / 2);
      });
    const deadline = Date.now() + startWithin;
    for await (const _ of setInterval(50)) {
      if (await answers(this.#readyUrl)) return;
      if (this.running && Date.now() < deadline) continue;
      const how = this.running ? 'is not ready' : `ended with ${child.exitCode ?? child.signalCode}`;
      await this.kill();
      throw new Error(`${this.name} ${how}:\n${this.log}`);
    }
  }

  /** Asks it to stop. @throws with its log unless it ends by itself, with 0 */
  async stop(): Promise<void> {
    if (!this.running) return;
    const code = await this.#end('SIGTERM');
    if (code !== 0) throw new Error(`${this.name} did not stop by itself, but with ${code}:\n${this.log}`);
  }

  /** Takes it away without a word, as a crash does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child && this.running) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child?.exitCode ?? null;
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
