import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { KopruError, protocolError, unavailable } from '@kopru/runtime/errors.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import type { GraphQLError } from 'graphql';
import { CloseCode, type Server as Protocol, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { bearerToken, renewableCaller } from '../caller.ts';
import type { Delivery } from '../graph/graph.ts';
import { outcomeOf } from '../metrics.ts';
import { nextPayload, nextPrefix } from './frames.ts';
import { type Operation, type Reading, readOperation } from './operation.ts';
import { Outbox } from './outbox.ts';
import { Rate } from './rate.ts';
import { execute, type Running, subscribe } from './run.ts';
import { type Sessions, SocketSession } from './session.ts';
import type { LiveStream } from './stream.ts';

const messagesPerMinute = 600;
/** Every frame of a subscription repeats its id. */
const longestId = 128;

/** Close codes beside those of graphql-ws, whose clients come back after 4408 and not after 1008. */
const closing = { goingAway: 1001, policy: 1008, tryAgainLater: 1013, slow: 4408 } as const;

/** What graphql-ws knows a socket by. */
export interface Extra {
  readonly connection: Connection;
}

export interface ConnectionServices extends Running {
  readonly ground: Ground;
  readonly sessions: Sessions;
  readonly reading: () => Reading;
  readonly protocol: Protocol<Extra>;
}

/** How a socket came to us. */
export interface Arrival {
  readonly client: Caller['client'];
  /** The `Authorization` header of the request that became the socket. */
  readonly authorization: string | undefined;
  /** The connection under the socket. */
  readonly stream: Duplex;
}

/** One graphql-ws socket: who speaks through it, what runs for it, and what it is sent. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #arrival: Arrival;
  readonly #services: ConnectionServices;
  readonly #outbox: Outbox;
  readonly #session: SocketSession;
  readonly #rate = new Rate(messagesPerMinute);
  /** Operations whose answer or opening is still to come, by id. */
  readonly #pending = new Map<string, Promise<unknown>>();
  #leaveProtocol: (code: number, reason: string) => void = () => undefined;
  #alive = true;
  #draining = false;
  #closed = false;

  constructor(socket: WebSocket, arrival: Arrival, services: ConnectionServices) {
    this.#socket = socket;
    this.#arrival = arrival;
    this.#services = services;
    this.#outbox = new Outbox(arrival.stream);
    this.#session = new SocketSession(services.ground, services.sessions, (why) => this.#refuse(why));
    socket.on('pong', () => {
      this.#alive = true;
    });
    // ws answers pings by itself; a client that sends them and reads nothing must not fill our memory.
    socket.on('ping', () => this.#keepsUp());
    socket.on('error', (error) => services.logger.debug({ err: error }, 'a socket failed'));
    socket.on('close', (code, reason) => this.#leave(code, String(reason)));
    this.#speak();
  }

  /** Asks whether the client is still there; one that did not answer the last time is cut off. */
  beat(): void {
    if (!this.#alive) this.#socket.terminate();
    this.#alive = false;
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping();
  }

  /** Takes nothing new, and goes when what runs has been answered, or when it has waited enough. */
  async drain(enough: Promise<unknown>): Promise<void> {
    this.#draining = true;
    await Promise.race([Promise.allSettled(this.#pending.values()), enough]);
    // By then graphql-ws has sent what came of it.
    await setImmediate();
    this.close(closing.goingAway, 'Going away');
  }

  /** Ends everything that runs here at once; the client may take its time to answer. */
  close(code: number, reason: string): void {
    this.#leave(code, reason);
    // A close frame has room for 123 bytes, and a character of JavaScript takes three at most.
    this.#socket.close(code, Buffer.byteLength(reason) > 123 ? reason.slice(0, 41) : reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** `connection_init`: whether the client is let in. Without a token it is, as nobody. */
  async admit(payload: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
    try {
      const { token, authorization = payload.Authorization ?? this.#arrival.authorization } = payload;
      const shown = token ? String(token) : bearerToken(authorization);
      if (shown !== undefined) await this.#session.enter(shown);
      return !this.#closed;
    } catch (error) {
      this.#refuse(error);
      return false;
    }
  }

  /** `ping`: one with a fresh token lets the socket live on past the old one. */
  async renew(payload: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const { token, ...echo } = payload;
    if (typeof token === 'string' && !(await this.admit({ token }))) return;
    this.#send(JSON.stringify({ type: 'pong', ...(Object.keys(echo).length > 0 && { payload: echo }) }));
  }

  /** `subscribe`: what is to run, or why it is refused. */
  read(
    id: string,
    payload: SubscribePayload,
    running: () => Readonly<Record<string, unknown>>,
  ): Operation | readonly GraphQLError[] {
    const read = this.#read(id, payload, running);
    if (!('request' in read)) this.#services.metrics.operation('websocket', 'unknown', outcomeOf(read));
    return read;
  }

  #read(
    id: string,
    payload: SubscribePayload,
    running: () => Readonly<Record<string, unknown>>,
  ): Operation | readonly GraphQLError[] {
    if (this.#draining) return [unavailable('The service is going down.')];
    if (id.length > longestId) return this.#offend(CloseCode.BadRequest, `An id has at most ${longestId} characters`);
    // The answer to the earlier one, completed or not, could not be told from the answer to this.
    if (this.#pending.has(id))
      return this.#offend(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    const caller = renewableCaller(this.#arrival.client, () => this.#session.token);
    return readOperation(this.#services.reading(), { id, payload, caller, running });
  }

  execute(operation: Operation): ReturnType<typeof execute> {
    return this.#track(operation.id, execute(this.#services, operation));
  }

  subscribe(operation: Operation): Promise<LiveStream> {
    const prefix = nextPrefix(operation.id);
    return this.#track(
      operation.id,
      subscribe(this.#services, operation, (delivery) => this.#deliver(prefix, delivery)),
    );
  }

  #speak(): void {
    const socket = this.#socket;
    this.#leaveProtocol = this.#services.protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => this.#send(text),
        close: (code = 1000, reason = '') => this.close(code, reason),
        onMessage: (handle) => void socket.on('message', (data) => this.#receive(String(data), handle)),
        onPing: (payload) => this.renew(payload),
      },
      { connection: this },
    );
  }

  #receive(text: string, handle: (text: string) => Promise<void>): void {
    if (this.#closed || !this.#keepsUp()) return;
    if (!this.#rate.admits()) {
      this.close(closing.policy, `more than ${messagesPerMinute} messages a minute`);
      return;
    }
    handle(text).catch((error: unknown) => {
      this.#services.logger.warn({ err: error }, 'a message could not be handled');
      this.close(CloseCode.InternalServerError, 'Internal server error');
    });
  }

  #send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN && this.#keepsUp()) this.#socket.send(text);
  }

  #deliver(prefix: Buffer, delivery: Delivery): void {
    if (this.#socket.readyState !== WebSocket.OPEN || !this.#keepsUp()) return;
    this.#outbox.push(prefix, nextPayload(delivery));
    this.#services.metrics.delivered();
  }

  #keepsUp(): boolean {
    if (this.#outbox.keepsUp) return true;
    if (!this.#closed) {
      this.#services.metrics.slowClient();
      this.close(closing.slow, `slow client: ${this.#outbox.framesBehind} frames behind`);
    }
    return false;
  }

  async #track<Result>(id: string, running: Promise<Result>): Promise<Result> {
    this.#pending.set(id, running);
    try {
      return await running;
    } finally {
      this.#pending.delete(id);
    }
  }

  #offend(code: number, reason: string): readonly GraphQLError[] {
    this.close(code, reason);
    return [protocolError('BAD_REQUEST', reason)];
  }

  #refuse(error: unknown): void {
    if (error instanceof KopruError) {
      const code = error.code === 'UNAVAILABLE' ? closing.tryAgainLater : CloseCode.Forbidden;
      this.close(code, `${error.code}: ${error.message}`);
    } else {
      this.#services.logger.error({ err: error }, 'a socket could not be let in');
      this.close(CloseCode.InternalServerError, 'Internal server error');
    }
  }

  #leave(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#session.leave();
    this.#leaveProtocol(code, reason);
  }
}
