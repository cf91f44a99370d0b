import type { Delivery, Graph, LiveHandle, LiveSink } from '@kopru/router/graph/graph.ts';
import { codeOf, type ErrorCode, KopruError } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Caller, Client } from '@kopru/runtime/subgraph/client.ts';
import { Inbox, ThreadEvents } from '@kopru/schema/operations/support.ts';
import type { GraphQLFormattedError } from 'graphql';
import type { Socket } from 'socket.io';
import { operationFailure } from '../failure.ts';
import { type Run, runAs, subscribeAs } from '../operation.ts';
import type { LiveSocket, Sockets } from '../socket/sockets.ts';
import type { AgentSessions } from './agent.sessions.ts';
import { AgentStanding } from './agent.standing.ts';
import { Echoes } from './echoes.ts';
import { chatError, messageError } from './errors.ts';
import { inboxNews, type News, threadNews } from './news.ts';

/** What the connections of a process stand on. */
export interface ChatGround {
  readonly graph: Graph;
  readonly agents: AgentSessions;
  /** By the agent's session. */
  readonly sockets: Sockets;
  readonly logger: Logger;
}

/** How many threads one connection joins; the pages join one. */
const mostThreads = 20;
const tooManyThreads = (): KopruError => new KopruError('RATE_LIMITED', 'This connection has joined too many threads.');

/** How many packets may wait for a client that does not read. */
const mostWaiting = 1_000;

/** One Socket.IO connection: the threads that it has joined as their visitor, and the agent that it acts for, where there is one. */
export class Connection implements LiveSocket {
  /** Messages of its own that it is not told of. */
  readonly echoes = new Echoes();
  readonly #ground: ChatGround;
  readonly #socket: Socket;
  readonly #client: Client;
  readonly #agent: AgentStanding;
  readonly #threads = new Map<string, Promise<LiveHandle>>();
  #inbox: Promise<LiveHandle> | undefined;
  /** What was told since the client last took something. */
  #waiting = 0;
  #closed = false;

  constructor(ground: ChatGround, socket: Socket, client: Client) {
    this.#ground = ground;
    this.#socket = socket;
    this.#client = client;
    this.#agent = new AgentStanding(ground.agents, socket.request.headers, {
      began: (sessionId) => ground.sockets.add(sessionId, this),
      lost: (error) => this.#lose(codeOf(error), error),
    });
    // It goes out when all before it has gone.
    socket.conn.on('flush', () => {
      this.#waiting = 0;
    });
  }

  /** Whether it listens as an agent. */
  get isAgent(): boolean {
    return this.#inbox !== undefined;
  }

  hasJoined(threadId: string): boolean {
    return this.#threads.has(threadId);
  }

  /** @throws RATE_LIMITED where it has joined as many threads as it may */
  requireRoom(): void {
    if (this.#threads.size >= mostThreads) throw tooManyThreads();
  }

  /** Operations as a visitor, who is nobody: whoever knows a thread's id is its visitor. */
  get asVisitor(): Run {
    return runAs(this.#ground.graph, { requestId: newId(), client: this.#client });
  }

  /** Operations as the agent whose session the handshake brought. @throws UNAUTHENTICATED where there is none, or none any more */
  async asAgent(): Promise<Run> {
    const token = await this.#agent.renewed();
    return runAs(this.#ground.graph, { requestId: newId(), client: this.#client, token });
  }

  /** Listens to a thread as its visitor, from when this resolves. @throws Refused */
  async join(threadId: string): Promise<void> {
    if (!this.#threads.has(threadId)) this.requireRoom();
    const caller: Caller = { requestId: newId(), client: this.#client };
    const joining =
      this.#threads.get(threadId) ??
      subscribeAs(
        this.#ground.graph,
        caller,
        ThreadEvents,
        { threadId },
        this.#sink(threadNews, (error) => this.#leave(threadId, error)),
      );
    this.#threads.set(threadId, joining);
    await this.#opened(joining, () => this.#threads.delete(threadId));
  }

  /** Listens to everything as an agent, from when this resolves. `asAgent` has to have let it. @throws Refused */
  async listen(): Promise<void> {
    const agent = this.#agent;
    // The engine asks for the token whenever it asks for the grant anew: a subscription lives longer than one of them.
    const caller: Caller = {
      requestId: newId(),
      client: this.#client,
      get token() {
        return agent.token;
      },
    };
    this.#inbox ??= subscribeAs(
      this.#ground.graph,
      caller,
      Inbox,
      {},
      this.#sink(inboxNews, (error) => this.#lose(error && operationFailure(error).code, error)),
    );
    await this.#opened(this.#inbox, () => {
      this.#inbox = undefined;
    });
    agent.keep();
  }

  /** Tells the client; one that does not read what it is told is hung up on, and fetches anew should it come back. */
  emit(event: string, data: object): void {
    this.#waiting += 1;
    if (this.#waiting > mostWaiting) this.#socket.conn.close(true);
    else this.#socket.emit(event, data);
  }

  /** Hangs up so that the client comes back by itself, joins again and fetches anew. */
  reconnect(): void {
    this.#socket.conn.close();
  }

  /** The agent's session is over: nothing more is told, and the client is not to come back with it. */
  sessionEnded(): void {
    this.close();
    this.emit('message_error', messageError(chatError('unauthorized')));
    this.#socket.disconnect(true);
  }

  /** Gives back what it holds. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#agent.close();
    if (this.#agent.sessionId !== undefined) this.#ground.sockets.remove(this.#agent.sessionId, this);
    for (const opening of [...this.#threads.values(), this.#inbox])
      opening?.then(
        (handle) => handle.close(),
        () => undefined,
      );
    this.#threads.clear();
  }

  #sink(newsOf: (delivery: Delivery) => News, ended: (error: GraphQLFormattedError | undefined) => void): LiveSink {
    return {
      next: (delivery) => this.#tell(newsOf(delivery), delivery),
      error: ([error]) => ended(error),
    };
  }

  #tell({ emissions, echo, toSenderOf, failed }: News, { event }: Delivery): void {
    if (this.#closed || (echo && this.echoes.meets(echo))) return;
    if (toSenderOf !== undefined && !this.echoes.has(toSenderOf)) return;
    for (const [name, data] of emissions) this.emit(name, data);
    if (failed === undefined) return;
    this.#ground.logger.error({ event, reason: failed }, 'an event of the support chat was not told');
    this.reconnect();
  }

  /** Waits until a subscription is open; one that comes to be after the connection has gone is closed. */
  async #opened(opening: Promise<LiveHandle>, failed: () => void): Promise<void> {
    try {
      const handle = await opening;
      if (this.#closed) handle.close();
    } catch (error) {
      failed();
      throw error;
    }
  }

  /** A thread is no more, or cannot be listened to any more. */
  #leave(threadId: string, error: GraphQLFormattedError | undefined): void {
    this.#threads.delete(threadId);
    if (error && operationFailure(error).code === 'NOT_FOUND')
      this.emit('rejoin_failed', { message: chatError('not_found').message, thread_id: threadId });
    else this.reconnect();
  }

  /** What agents hear is over: because the session is, or for now. */
  #lose(code: ErrorCode | undefined, error: unknown): void {
    if (code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED' || code === 'FORBIDDEN') {
      this.sessionEnded();
      return;
    }
    this.#ground.logger.warn({ err: error }, 'what agents hear was lost to a connection of the support chat');
    this.reconnect();
  }
}
