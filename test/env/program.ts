import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setInterval } from 'node:timers/promises';

export interface ProgramOptions {
  readonly name: string;
  /** What is run, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** All that it sees of an environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Whether it is a script that runs another: signals go to all that it has started. */
  readonly script?: boolean;
  /** Whether it can be used. */
  readonly ready: () => Promise<boolean>;
}

/** How long a start may take, in milliseconds. */
const startWithin = 240_000;
const keptLines = 4_000;

/** A program as a process of its own, ended by its own id. */
export class Program {
  readonly name: string;
  readonly #options: ProgramOptions;
  #child: ChildProcess | undefined;
  #lines: string[] = [];

  constructor(options: ProgramOptions) {
    this.name = options.name;
    this.#options = options;
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

  /** Starts it, and returns once it is ready. @throws with its log where it never is. */
  async start(): Promise<void> {
    const { command, environment, folder, ready, script = false } = this.#options;
    const [program, ...args] = command;
    const child = spawn(program, args, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: script,
    });
    this.#child = child;
    child.on('error', (error) => this.#lines.push(error.message));
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#lines.push(text);
        if (this.#lines.length > keptLines) this.#lines = this.#lines.slice(-keptLines / 2);
      });
    const deadline = Date.now() + startWithin;
    for await (const _ of setInterval(50)) {
      if (await ready()) return;
      if (this.running && child.pid !== undefined && Date.now() < deadline) continue;
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

  /** Lets it hang: connections stay, and nothing is answered. */
  async freeze(): Promise<void> {
    this.#signal('SIGSTOP');
  }

  async thaw(): Promise<void> {
    this.#signal('SIGCONT');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child && this.running) {
      const exited = once(child, 'exit');
      this.#signal(signal);
      await exited;
    }
    return child?.exitCode ?? null;
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined || !this.running) return;
    try {
      process.kill(this.#options.script ? -pid : pid, signal);
    } catch (error) {
      // It went by itself, which its `exit` is about to tell.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Starts those that do not run: what a test has left away fails no other. */
export async function startAll(programs: Iterable<Program>): Promise<void> {
  for (const program of programs)
    if (program.running) await program.thaw();
    else await program.start();
}
