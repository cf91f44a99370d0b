import { randomUUID } from 'node:crypto';
import type { Graph } from '@kopru/router/graph/graph.ts';
import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Viewer } from '@kopru/runtime/context.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Caller, Client } from '@kopru/runtime/subgraph/client.ts';
import type { RawData, WebSocket } from 'ws';
import { failureOf } from '../failure.ts';
import type { Connections } from './connections.ts';
import { type CloseReason, type CloseReasons, FrameCount, type Limits, onExpiry } from './limits.ts';
import type { LiveSocket, Sockets } from './sockets.ts';
import type { SocketWriter } from './writer.ts';

/** What every session of a process stands on. */
export interface SessionGround {
  readonly graph: Graph;
  readonly tokens: Tokens;
  readonly sockets: Sockets;
  readonly connections: Connections;
  readonly logger: Logger;
  readonly limits: Limits;
}

/** The socket under a session. */
export interface Wire {
  readonly socket: WebSocket;
  readonly writer: SocketWriter;
  readonly client: Client;
}

/** One socket of an older system, from its opening to its close. What is said on it is for each dialect to define. */
export abstract class SocketSession implements LiveSocket {
  /** Also the connection through which its user is online. */
  readonly id = randomUUID();
  protected readonly ground: SessionGround;
  readonly #wire: Wire;
  readonly #reasons: CloseReasons;
  readonly #identifyBy: NodeJS.Timeout;
  readonly #heartbeatBy: NodeJS.Timeout;
  readonly #count = new FrameCount();
  #state: 'new' | 'connecting' | 'connected' | 'closed' = 'new';
  /** What frames of the client ask for, one after the other; undefined where nothing is under way. */
  #work: Promise<void> | undefined;
  readonly #undo: (() => unknown)[] = [];
  #finished: Promise<void> | undefined;

  constructor(ground: SessionGround, wire: Wire, reasons: CloseReasons) {
    const { authenticateWithin, heartbeatInterval } = ground.limits;
    const { socket } = wire;
    this.ground = ground;
    this.#wire = wire;
    this.#reasons = reasons;
    this.#identifyBy = setTimeout(() => this.close(reasons.notAuthenticated), authenticateWithin);
    this.#heartbeatBy = setTimeout(() => this.close(reasons.heartbeatTimedOut), 2 * heartbeatInterval);
    socket.on('message', (data) => this.#receive(data));
    socket.on('close', () => this.#finish());
    socket.on('error', (error) => ground.logger.debug({ err: error, socket: this.id }, 'a socket failed'));
  }

  /** A frame of the client, within what it may send. */
  protected abstract hear(text: string): void;
  /** Connects somebody whose token is good; `connected` is called on the way. What it throws closes the socket. */
  protected abstract connect(viewer: Viewer, caller: Caller): Promise<void>;

  sessionEnded(): void {
    this.refuseToken('The session has ended.');
  }

  close([code, reason]: CloseReason): void {
    this.#wire.socket.close(code, reason);
    this.#finish();
  }

  /** Resolves when all that the session held is given back; undefined while it is open. */
  get finished(): Promise<void> | undefined {
    return this.#finished;
  }

  /** Nothing that awaits may take this for settled. */
  protected get state(): 'new' | 'connecting' | 'connected' | 'closed' {
    return this.#state;
  }

  /** Lets the token speak for the socket. Once only: whoever is connected stays who they are. */
  protected identify(token: unknown): void {
    if (this.#state !== 'new') return;
    this.#state = 'connecting';
    clearTimeout(this.#identifyBy);
    this.inOrder(() => this.#identify(String(token)));
  }

  /** From here on frames are obeyed; false where the socket has gone meanwhile. */
  protected connected(): boolean {
    if (this.#state === 'connecting') this.#state = 'connected';
    return this.#state === 'connected';
  }

  /** The client is still there. */
  protected beat(): void {
    this.#heartbeatBy.refresh();
  }

  /** Does `work` when what was asked before is done, at once where nothing is under way, and not once the socket is closed. */
  protected inOrder(work: () => Promise<void> | void): void {
    const before = this.#work;
    const done = before ? before.then(() => this.#attempt(work)) : this.#attempt(work);
    if (!done) return;
    this.#work = done;
    void done.then(() => {
      if (this.#work === done) this.#work = undefined;
    });
  }

  /** Keeps `undo` for the end; at once where that has come already. */
  protected hold(undo: () => unknown): void {
    if (this.#state === 'closed') undo();
    else this.#undo.push(undo);
  }

  protected send(text: string): void {
    if (!this.#wire.writer.send(text)) this.close(this.#reasons.tooSlow);
  }

  /** Sends a frame as `textFrame` makes them. */
  protected sendFrame(frame: Buffer): void {
    if (!this.#wire.writer.sendFrame(frame)) this.close(this.#reasons.tooSlow);
  }

  /** Ends the session because its token is no good, for a reason that may be told. */
  protected refuseToken(_why: string): void {
    this.close(this.#reasons.authenticationFailed);
  }

  /** Ends the session on an error: on credentials that are no good, or on anything else, after which the client may come back. */
  protected fail(error: unknown): void {
    const failure = failureOf(error);
    const code = failure.kind === 'operation' ? failure.code : 'INTERNAL';
    if (failure.kind === 'operation' && (code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED')) {
      this.refuseToken(failure.message);
      return;
    }
    this.ground.logger.error({ err: error, socket: this.id }, 'a socket is closed on an error');
    this.close(this.#reasons.failed);
  }

  #receive(data: RawData): void {
    if (this.#state === 'closed') return;
    const { framesPerWindow, window } = this.ground.limits;
    if (this.#count.next(window) > framesPerWindow) this.close(this.#reasons.rateLimited);
    else this.hear(String(data));
  }

  async #identify(token: string): Promise<void> {
    const { tokens, sockets } = this.ground;
    const viewer = await tokens.verifyAccess(token);
    sockets.add(viewer.sessionId, this);
    this.hold(() => sockets.remove(viewer.sessionId, this));
    this.hold(onExpiry(viewer, () => this.refuseToken('The access token has expired.')));
    await this.connect(viewer, { requestId: newId(), client: this.#wire.client, token });
  }

  #attempt(work: () => Promise<void> | void): Promise<void> | undefined {
    if (this.#state === 'closed') return undefined;
    try {
      return work()?.catch((error: unknown) => this.fail(error));
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  #finish(): void {
    this.#finished ??= this.#giveBack();
  }

  async #giveBack(): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#identifyBy);
    clearTimeout(this.#heartbeatBy);
    await Promise.all(this.#undo.splice(0).map((undo) => undo()));
  }
}
