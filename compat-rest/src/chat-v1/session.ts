import { randomUUID } from 'node:crypto';
import type { Delivery, Graph, LiveHandle } from '@kopru/router/graph/graph.ts';
import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import type { RawData, WebSocket } from 'ws';
import { operationFailure, Refused } from '../failure.ts';
import { type Run, runAs } from '../operation.ts';
import type { Connections } from '../socket/connections.ts';
import type { LiveSocket, Sockets } from '../socket/sockets.ts';
import type { SocketWriter } from '../socket/writer.ts';
import type { Person } from './dispatches.ts';
import { type CloseReason, close, type Frame, field, type Limits, op, parseFrame } from './opcodes.ts';
import { type Action, presenceUpdate, typingStart } from './session.actions.ts';
import { introduce, onExpiry, reasonOf, subscribe } from './session.connect.ts';
import { numbered, tell, unnumbered } from './tell.ts';

/** What every session of a process stands on. */
export interface SessionGround {
  readonly graph: Graph;
  readonly tokens: Tokens;
  readonly sockets: Sockets;
  readonly connections: Connections;
  readonly logger: Logger;
  readonly limits: Limits;
}

/** One socket of `/api/ws`, from HELLO to its close. */
export class ChatSession implements LiveSocket {
  /** What CONNECTED calls `session_id`; also the connection through which its user is online. */
  readonly id = randomUUID();
  readonly #ground: SessionGround;
  readonly #socket: WebSocket;
  readonly #writer: SocketWriter;
  readonly #client: Client;
  readonly #identifyBy: NodeJS.Timeout;
  readonly #heartbeatBy: NodeJS.Timeout;
  #state: 'new' | 'connecting' | 'connected' | 'closed' = 'new';
  #self: Person | undefined;
  #run: Run | undefined;
  /** What came before CONNECTED was sent. */
  #early: Delivery[] = [];
  #sequence = 0;
  /** Frames of the client that ask for something, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #window = { since: 0, frames: 0 };
  readonly #undo: (() => unknown)[] = [];
  #finished: Promise<void> | undefined;

  constructor(ground: SessionGround, socket: WebSocket, writer: SocketWriter, client: Client) {
    const { authenticateWithin, heartbeatInterval } = ground.limits;
    this.#ground = ground;
    this.#socket = socket;
    this.#writer = writer;
    this.#client = client;
    this.#identifyBy = setTimeout(() => this.close(close.notAuthenticated), authenticateWithin);
    this.#heartbeatBy = setTimeout(() => this.close(close.heartbeatTimedOut), 2 * heartbeatInterval);
    socket.on('message', (data) => this.#hear(data));
    socket.on('close', () => this.#finish());
    socket.on('error', (error) => ground.logger.debug({ err: error, socket: this.id }, 'a socket failed'));
  }

  /** Says HELLO, and goes on to CONNECTED where the request brought a token. */
  begin(token: string | undefined): void {
    this.#say(op.HELLO, { heartbeat_interval: this.#ground.limits.heartbeatInterval });
    if (token !== undefined) this.#identify(token);
  }

  sessionEnded(): void {
    this.close(close.authenticationFailed);
  }

  close([code, reason]: CloseReason): void {
    this.#socket.close(code, reason);
    this.#finish();
  }

  /** Resolves when all that the session held is given back; undefined while it is open. */
  get finished(): Promise<void> | undefined {
    return this.#finished;
  }

  #hear(data: RawData): void {
    if (this.#closed()) return;
    const frame = parseFrame(String(data));
    if (this.#tooMany()) this.close(close.rateLimited);
    else if (frame) this.#obey(frame);
    else this.close(close.notJson);
  }

  #obey(frame: Frame): void {
    switch (frame.op) {
      case op.HEARTBEAT:
        this.#heartbeatBy.refresh();
        this.#say(op.HEARTBEAT_ACK, {});
        break;
      case op.RESUME:
        this.#say(op.INVALID_SESSION, { resumable: false });
        break;
      case op.CONNECTED:
        this.#identify(field(frame.d, 'token'));
        break;
      case op.PRESENCE_UPDATE:
        this.#act(presenceUpdate(frame.d), frame.op);
        break;
      case op.TYPING_START:
        this.#act(typingStart(frame.d), frame.op);
        break;
      default:
        this.close(close.unknownOpcode);
    }
  }

  #tooMany(): boolean {
    const { framesPerWindow, window } = this.#ground.limits;
    const now = performance.now();
    if (now - this.#window.since >= window) this.#window = { since: now, frames: 0 };
    this.#window.frames += 1;
    return this.#window.frames > framesPerWindow;
  }

  /** Once only: whoever is connected stays who they are. */
  #identify(token: unknown): void {
    if (this.#state !== 'new') return;
    this.#state = 'connecting';
    clearTimeout(this.#identifyBy);
    this.#work = this.#connect(String(token)).catch((error: unknown) => {
      const reason = reasonOf(error);
      if (reason === close.failed)
        this.#ground.logger.error({ err: error, socket: this.id }, 'a socket was not connected');
      this.close(reason);
    });
  }

  /** Listens first and looks then, so that nothing falls between what CONNECTED says and the first dispatch. */
  async #connect(token: string): Promise<void> {
    const { graph, tokens, sockets, connections } = this.#ground;
    const viewer = await tokens.verifyAccess(token);
    sockets.add(viewer.sessionId, this);
    this.#hold(() => sockets.remove(viewer.sessionId, this));
    this.#hold(onExpiry(viewer, () => this.sessionEnded()));

    const caller = { requestId: newId(), client: this.#client, token };
    const handle: LiveHandle = await subscribe(graph, caller, {
      next: (delivery) => (this.#state === 'connected' ? this.#tell(delivery) : this.#early.push(delivery)),
      error: ([error]) => this.close(reasonOf(error && new Refused(operationFailure(error)))),
    });
    this.#hold(() => handle.close());

    // From here on others see the user online: not for a socket that is gone already.
    if (this.#closed()) return;
    const run = runAs(graph, caller);
    this.#hold(() => connections.close(this.id));
    const [{ self, user, servers }] = await Promise.all([introduce(run), connections.open(this.id, run)]);
    if (this.#closed()) return;
    this.#self = self;
    this.#run = run;
    this.#state = 'connected';
    this.#number(unnumbered(op.CONNECTED, { user, servers, session_id: this.id }));
    for (const delivery of this.#early.splice(0)) this.#tell(delivery);
  }

  /** A call, since what awaits in between may change it. */
  #closed(): boolean {
    return this.#state === 'closed';
  }

  /** Keeps `undo` for the end; at once where that has come already. */
  #hold(undo: () => unknown): void {
    if (this.#closed()) undo();
    else this.#undo.push(undo);
  }

  #act(action: Action, opcode: number): void {
    if (this.#state === 'new') this.close(close.notAuthenticated);
    this.#work = this.#work.then(async () => {
      if (this.#state !== 'connected' || !this.#run) return;
      try {
        // The document has no answer to these frames, so none to one that cannot be followed either.
        if (action) await action(this.#run);
        else this.#ground.logger.debug({ socket: this.id, opcode }, 'the body of a frame cannot be read');
      } catch (error) {
        this.#ground.logger.debug({ err: error, socket: this.id, opcode }, 'a frame was refused');
      }
    });
  }

  #tell(delivery: Delivery): void {
    const telling = tell(delivery);
    if (telling.kind === 'frame' && this.#self) this.#number(telling.text(this.#self));
    if (telling.kind !== 'failed') return;
    // The client comes back and fetches anew; a silent hole it would never mend.
    this.#ground.logger.error(
      { socket: this.id, event: delivery.event, reason: telling.reason },
      'an event was not told',
    );
    this.close(close.failed);
  }

  #number(text: string): void {
    this.#sequence += 1;
    this.#write(numbered(text, this.#sequence));
  }

  #say(opcode: number, d: object): void {
    this.#write(`${unnumbered(opcode, d)}}`);
  }

  #write(text: string): void {
    if (!this.#writer.send(text)) this.close(close.tooSlow);
  }

  #finish(): void {
    this.#finished ??= this.#giveBack();
  }

  async #giveBack(): Promise<void> {
    this.#state = 'closed';
    this.#early = [];
    clearTimeout(this.#identifyBy);
    clearTimeout(this.#heartbeatBy);
    await Promise.all(this.#undo.splice(0).map((undo) => undo()));
  }
}
