import { WebSocket } from 'ws';
import { quantile } from './figures.ts';
import { answer, now } from './worker.ts';

/** What a socket says by itself: when it opens, or when it is sent a frame that has `after` in it. */
export interface Line {
  readonly after?: string;
  readonly say: string;
}

export interface Crowd {
  readonly url: string;
  readonly protocol?: string;
  /** For each socket what it says. */
  readonly scripts: readonly (readonly Line[])[];
}

/** When the frames of one broadcast came, in microseconds of `now`. */
export type Arrival = { readonly p50: number; readonly p99: number; readonly last: number };

const sockets: WebSocket[] = [];
let mark = '';
let arrivals: number[] = [];
let wanted: { count: number; resolve: () => void } | undefined;
let heard = new Set<number>();
let sample = '';

const handlers = {
  /** More sockets; resolves when each has said everything. */
  async open({ url, protocol, scripts }: Crowd): Promise<void> {
    const first = sockets.length;
    const more = scripts.map((script, index) => join(url, protocol, script, first + index));
    sockets.push(...(await Promise.all(more)));
  },
  /** From now on frames with `text` in them count. */
  listen(text: string): void {
    mark = text;
    heard = new Set();
    sample = '';
  },
  /** How many sockets were sent a frame that counts, and what it looks like. */
  heard: () => ({ sockets: heard.size, sample }),
  forget(): void {
    arrivals = [];
  },
  /** Resolves when `count` frames came since `forget`. */
  async all(count: number): Promise<Arrival> {
    if (arrivals.length < count) await new Promise<void>((resolve) => (wanted = { count, resolve }));
    if (arrivals.length > count) throw new Error(`${arrivals.length} frames came where ${count} were sent.`);
    return { p50: quantile(arrivals, 0.5), p99: quantile(arrivals, 0.99), last: arrivals.at(-1) ?? Number.NaN };
  },
};
export type CrowdHandlers = typeof handlers;
answer(handlers);

function join(url: string, protocol: string | undefined, script: readonly Line[], index: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocol === undefined ? [] : [protocol], { perMessageDeflate: false });
    let next = 0;
    const say = (text: string | undefined): void => {
      for (let line = script[next]; line; line = script[next]) {
        if (line.after !== undefined && !text?.includes(line.after)) return;
        socket.send(line.say);
        next += 1;
      }
      resolve(socket);
    };
    socket.on('open', () => say(undefined));
    socket.on('message', (data: Buffer) => {
      if (mark !== '' && data.includes(mark)) count(index, data);
      else if (next < script.length) say(String(data));
    });
    socket.on('error', reject);
    socket.on('close', (code, reason) => reject(new Error(`closed with ${code} ${reason}`)));
  });
}

function count(index: number, frame: Buffer): void {
  heard.add(index);
  if (sample === '') sample = String(frame);
  if (arrivals.push(now()) >= (wanted?.count ?? Number.POSITIVE_INFINITY)) {
    wanted?.resolve();
    wanted = undefined;
  }
}
