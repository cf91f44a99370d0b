import { setTimeout as wait } from 'node:timers/promises';
import { type GatewayFrame, type GatewayPath, GatewaySocket } from './gateway.ts';
import { history } from './rest.history.ts';
import type { RestClient } from './rest.ts';

/** How long the client waits before it opens another socket, and how often it shows that it is there, in milliseconds. */
const comesBackAfter = 5_000;
const beatsEvery = 30_000;

/** One of the processes that serve the same, by its addresses. */
export interface Door {
  readonly gateway: string;
  readonly rest: RestClient;
}

export interface FieldOptions {
  readonly name: string;
  /** As a balancer hands them out: the first, and another each time the client comes back. */
  readonly doors: readonly [Door, ...Door[]];
  readonly path: GatewayPath;
  readonly token: string;
  readonly guildId: string;
  readonly channelId: string;
}

/**
 * A client of the gateway as those in the field are: it comes back some seconds after any close, listens anew after READY,
 * and then fetches from the channel's history what it missed. It shows each message once, as it comes.
 */
export class FieldClient implements AsyncDisposable {
  readonly name: string;
  /** The ids of the messages of the channel as its user has them. */
  readonly shown: string[] = [];
  /** How many of them it had to fetch. */
  fetched = 0;
  /** How many messages came over its sockets. */
  delivered = 0;
  /** How many of those had come so before. */
  repeated = 0;
  /** How its sockets were closed, or why they were of no use. */
  readonly losses: string[] = [];
  readonly #options: FieldOptions;
  readonly #known = new Set<string>();
  readonly #delivered = new Set<string>();
  /** What comes before the past has been read; undefined once it has. */
  #early: string[] | undefined;
  #listens = false;
  #socket: GatewaySocket | undefined;
  readonly #leaving = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: FieldOptions) {
    this.#options = options;
    this.name = options.name;
    this.#running = this.#run();
  }

  /** Whether it hears what is said now. */
  get listens(): boolean {
    return this.#listens;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leaving.abort();
    await this.#socket?.drop();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { doors } = this.#options;
    const { signal } = this.#leaving;
    for (let at = 0; !signal.aborted; at += 1) {
      await this.#connect(doors[at % doors.length] ?? doors[0]);
      await wait(comesBackAfter, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when the socket is closed. */
  async #connect({ gateway, rest }: Door): Promise<void> {
    const { path, token, name } = this.#options;
    const socket = new GatewaySocket(gateway, path, { name, token, each: (frame) => this.#hear(frame) });
    this.#socket = socket;
    this.#early = [];
    const beat = setInterval(() => socket.send('HEARTBEAT'), beatsEvery);
    try {
      await this.#listen(socket, rest);
    } catch (error) {
      this.losses.push(String(error).split('\n', 1)[0] ?? '');
      await socket.drop();
    }
    const { code, reason } = await socket.closed;
    clearInterval(beat);
    this.#listens = false;
    if (!this.#leaving.signal.aborted) this.losses.push(`${code} ${reason}`.trim());
  }

  /** The document's client listens to the guild, the web client to the channel. @throws where it may not, or cannot */
  async #listen(socket: GatewaySocket, rest: RestClient): Promise<void> {
    const { path, guildId, channelId } = this.#options;
    await socket.answered('READY');
    if (path === '/') socket.send('GUILD_SUBSCRIBE', { guildId });
    else socket.send('SUBSCRIBE', { channelId });
    await socket.settled();
    const refusal = socket.frames.find(({ op }) => op === 'ERROR');
    if (refusal) throw new Error(JSON.stringify(refusal));
    const [last] = this.shown.slice(-1);
    if (last !== undefined)
      for (const id of await history(rest, channelId, last)) this.fetched += Number(this.#show(id));
    for (const id of this.#early ?? []) this.#show(id);
    this.#early = undefined;
    this.#listens = true;
  }

  #hear({ event, data }: GatewayFrame): void {
    if (event !== 'message.create' || data.channelId !== this.#options.channelId) return;
    const id = String((data.message as { _id?: unknown })._id);
    this.delivered += 1;
    this.repeated += Number(this.#delivered.has(id));
    this.#delivered.add(id);
    if (this.#early) this.#early.push(id);
    else this.#show(id);
  }

  /** False where it is shown already. */
  #show(id: string): boolean {
    if (this.#known.has(id)) return false;
    this.#known.add(id);
    this.shown.push(id);
    return true;
  }
}
