import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a worker answers, by name: each takes one value and gives one, both as JSON has them. */
// biome-ignore lint/suspicious/noExplicitAny: what each takes is said where it is written.
export type Handlers = Readonly<Record<string, (value: any) => unknown>>;

interface Question {
  readonly number: number;
  readonly name: string;
  readonly value: unknown;
}
interface Answer {
  readonly number: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Answers whoever started this process, until they let go of it. */
export function answer(handlers: Handlers): void {
  process.on('message', async ({ number, name, value }: Question) => {
    const reply = (answer: Omit<Answer, 'number'>): unknown => process.send?.({ number, ...answer });
    try {
      reply({ value: await handlers[name]?.(value) });
    } catch (error) {
      reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.once('disconnect', () => process.exit());
}

/** A process of the bench that is asked one thing after the other, by the names of its handlers. */
export class Worker<H extends Handlers> implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;

  /** `file` beside this one; its process sees `environment` and nothing of ours but the path. */
  constructor(file: string, environment: Readonly<Record<string, string>> = {}) {
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      execArgv: [...process.execArgv, '--expose-gc'],
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', ({ number, value, error }: Answer) => {
      const waiting = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(`${file}: ${error}`));
    });
    this.#child.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${file} ended with ${code ?? signal}.`));
    });
  }

  ask<Name extends keyof H & string>(
    name: Name,
    value?: Parameters<H[Name]>[0],
  ): Promise<Awaited<ReturnType<H[Name]>>> {
    const number = this.#asked++;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(number, waiting);
    this.#child.send({ number, name, value } satisfies Question);
    return waiting.promise as Promise<Awaited<ReturnType<H[Name]>>>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = this.#child.exitCode === null && this.#child.signalCode === null ? once(this.#child, 'exit') : [];
    if (this.#child.connected) this.#child.disconnect();
    await exited;
  }
}

/** The CPU time that this process has used since it began, in microseconds. */
export function cpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The bytes of memory that it holds, once what nobody uses any more has been collected. */
export function rss(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** Microseconds on a clock that all processes of this machine share. */
export const now = (): number => Number(process.hrtime.bigint()) / 1_000;
