import { Pool } from 'undici';
import { quantile } from './figures.ts';

/** What one run of load gave. */
export type Run = {
  readonly perSecond: number;
  /** The times that half, and 99 of 100, of the answers stayed within, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly answers: number;
  /** Bytes of one answer. */
  readonly size: number;
};

export interface LoadOptions {
  readonly connections: number;
  /** In milliseconds. */
  readonly duration: number;
}

/** Posts bodies in turn over kept-alive connections, one request at a time on each. @throws for any answer but `good` ones */
export async function load(
  url: string,
  headers: Readonly<Record<string, string>>,
  bodies: readonly string[],
  good: (answer: string) => boolean,
  { connections, duration }: LoadOptions,
): Promise<Run> {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const times: number[] = [];
  let next = 0;
  let size = 0;
  const start = performance.now();
  const ask = async () => {
    while (performance.now() - start < duration) {
      const begun = performance.now();
      const body = bodies[next++ % bodies.length] ?? '';
      const answer = await pool.request({ method: 'POST', path, headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || !good(text)) throw new Error(`${url} answered ${answer.statusCode}: ${text}`);
      times.push(performance.now() - begun);
      size = Buffer.byteLength(text);
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const seconds = (performance.now() - start) / 1_000;
  await pool.close();
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    answers: times.length,
    size,
  };
}
