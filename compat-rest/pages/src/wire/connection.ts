import { signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import { Failure, type FailureType } from './failure.ts';

/** `ready` once the server knows who we are and we hear everything. */
export type ConnectionState = 'connecting' | 'ready' | 'away';

interface Refusal {
  readonly error: { readonly type: FailureType; readonly message?: string; readonly retry_after?: number };
}

/** How long one try to connect may take, in milliseconds. */
const connectWithin = 6_000;
/** How long an answer may take, in milliseconds. */
const answerWithin = 10_000;
/** Between two introductions on one connection, where the server could not take the first, in milliseconds. */
const introduceAgainAfter = 2_000;

/** The Socket.IO connection of a page. It comes back by itself, and introduces itself anew each time. */
export class Connection {
  readonly state = signal<ConnectionState>('connecting');
  readonly #transports = ['websocket', 'polling'];
  readonly #socket: Socket;
  #left = false;
  #introduce: () => Promise<void> = async () => undefined;

  constructor() {
    this.#socket = io({
      transports: this.#transports,
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      timeout: connectWithin,
      autoConnect: false,
    });
    this.#socket.on('connect', () => void this.#connected());
    this.#socket.on('disconnect', (reason) => {
      this.state.value = 'away';
      // The library leaves a server's own disconnect be.
      if (reason === 'io server disconnect') setTimeout(() => this.#return(), introduceAgainAfter);
    });
    this.#socket.on('connect_error', () => {
      this.state.value = 'away';
      // Some proxies let a WebSocket open and nothing through it: the next try begins with the other one.
      this.#transports.reverse();
    });
    window.addEventListener('offline', () => {
      this.#socket.io.engine?.close();
    });
    window.addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#hurry();
    });
  }

  /** Connects; `introduce` says who we are, on each connection, before anything else. A passing failure of it is tried again. */
  open(introduce: () => Promise<void>): void {
    this.#introduce = introduce;
    this.#socket.connect();
  }

  /** Leaves for good. */
  close(): void {
    this.#left = true;
    this.#socket.disconnect();
  }

  on<Data>(event: string, hear: (data: Data) => void): void {
    this.#socket.on(event, hear);
  }

  /** Tells the server what needs no answer; forgotten where there is no connection. */
  tell(event: string, data: object): void {
    if (this.#socket.connected) this.#socket.emit(event, data);
  }

  /** Asks the server. @throws {Failure} */
  async ask<Answer extends object>(event: string, data: object = {}): Promise<Answer> {
    if (!this.#socket.connected) throw new Failure('away');
    const answer = await this.#socket
      .timeout(answerWithin)
      .emitWithAck(event, data)
      .catch((): never => {
        throw new Failure('away');
      });
    if (!isRefusal(answer)) return answer as Answer;
    const { type, message, retry_after } = answer.error;
    throw new Failure(type, message, retry_after === undefined ? undefined : retry_after * 1_000);
  }

  async #connected(): Promise<void> {
    const { id } = this.#socket;
    try {
      await this.#introduce();
      if (this.#socket.id === id) this.state.value = 'ready';
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (!error.passing || this.#socket.id !== id) return;
      setTimeout(() => {
        if (this.#socket.id === id) void this.#connected();
      }, error.retryAfter ?? introduceAgainAfter);
    }
  }

  #return(): void {
    if (!this.#left && !this.#socket.connected) this.#socket.connect();
  }

  /** Does not wait for the next try. */
  #hurry(): void {
    if (this.#socket.active && !this.#socket.connected) this.#socket.disconnect().connect();
  }
}

const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && typeof (answer as Partial<Refusal>).error === 'object';
