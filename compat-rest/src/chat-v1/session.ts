import type { Delivery } from '@kopru/router/graph/graph.ts';
import type { Viewer } from '@kopru/runtime/context.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { ViewerEvents } from '@kopru/schema/operations/chat-v1.ts';
import { operationFailure, Refused } from '../failure.ts';
import { type Run, runAs, subscribeAs } from '../operation.ts';
import { field } from '../socket/json.ts';
import { type SessionGround, SocketSession, type Wire } from '../socket/session.ts';
import { numbered, type Person, tell, unnumbered } from './dispatches.ts';
import { close, op, parseFrame } from './opcodes.ts';
import { type Action, presenceUpdate, typingStart } from './session.actions.ts';
import { introduce } from './session.connect.ts';

/** One socket of `/api/ws`, from HELLO to its close. Its `id` is what CONNECTED calls `session_id`. */
export class ChatSession extends SocketSession {
  #self: Person | undefined;
  #run: Run | undefined;
  /** What came before CONNECTED was sent. */
  #early: Delivery[] = [];
  #sequence = 0;

  /** Says HELLO, and goes on to CONNECTED where the request brought a token. */
  static begin(ground: SessionGround, wire: Wire, token: string | undefined): ChatSession {
    const session = new ChatSession(ground, wire, close);
    session.#say(op.HELLO, { heartbeat_interval: ground.limits.heartbeatInterval });
    if (token !== undefined) session.identify(token);
    return session;
  }

  protected override hear(text: string): void {
    const frame = parseFrame(text);
    switch (frame?.op) {
      case undefined:
        this.close(close.notJson);
        break;
      case op.HEARTBEAT:
        this.beat();
        this.#say(op.HEARTBEAT_ACK, {});
        break;
      case op.RESUME:
        this.#say(op.INVALID_SESSION, { resumable: false });
        break;
      case op.CONNECTED:
        this.identify(field(frame?.d, 'token'));
        break;
      case op.PRESENCE_UPDATE:
        this.#act(presenceUpdate(frame?.d), op.PRESENCE_UPDATE);
        break;
      case op.TYPING_START:
        this.#act(typingStart(frame?.d), op.TYPING_START);
        break;
      default:
        this.close(close.unknownOpcode);
    }
  }

  /** Listens first and looks then, so that nothing falls between what CONNECTED says and the first dispatch. */
  protected override async connect(_viewer: Viewer, caller: Caller): Promise<void> {
    const { graph, connections } = this.ground;
    const handle = await subscribeAs(
      graph,
      caller,
      ViewerEvents,
      {},
      {
        next: (delivery) => (this.state === 'connected' ? this.#tell(delivery) : this.#early.push(delivery)),
        error: ([error]) => this.fail(error && new Refused(operationFailure(error))),
      },
    );
    this.hold(() => handle.close());

    // From here on others see the user online: not for a socket that is gone already.
    if (this.state === 'closed') return;
    const run = runAs(graph, caller);
    this.hold(() => connections.close(this.id));
    const [{ self, user, servers }] = await Promise.all([introduce(run), connections.open(this.id, run)]);
    if (!this.connected()) return;
    this.#self = self;
    this.#run = run;
    this.#number(unnumbered(op.CONNECTED, { user, servers, session_id: this.id }));
    for (const delivery of this.#early.splice(0)) this.#tell(delivery);
  }

  #act(action: Action, opcode: number): void {
    if (this.state === 'new') this.close(close.notAuthenticated);
    this.inOrder(async () => {
      if (!this.#run) return;
      try {
        // The document has no answer to these frames, so none to one that cannot be followed either.
        if (action) await action(this.#run);
        else this.ground.logger.debug({ socket: this.id, opcode }, 'the body of a frame cannot be read');
      } catch (error) {
        this.ground.logger.debug({ err: error, socket: this.id, opcode }, 'a frame was refused');
      }
    });
  }

  #tell(delivery: Delivery): void {
    const telling = tell(delivery);
    if (telling.kind === 'frame' && this.#self) this.#number(telling.text(this.#self));
    if (telling.kind !== 'failed') return;
    // The client comes back and fetches anew; a silent hole it would never mend.
    this.ground.logger.error(
      { socket: this.id, event: delivery.event, reason: telling.reason },
      'an event was not told',
    );
    this.close(close.failed);
  }

  #number(text: string): void {
    this.#sequence += 1;
    this.send(numbered(text, this.#sequence));
  }

  #say(opcode: number, d: object): void {
    this.send(`${unnumbered(opcode, d)}}`);
  }
}
