import type { Viewer } from '@kopru/runtime/context.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { runAs } from '../operation.ts';
import { field } from '../socket/json.ts';
import { type SessionGround, SocketSession, type Wire } from '../socket/session.ts';
import type { EventFrame } from './frames.ts';
import { close, type Dialect, type Frame, type Op, op, parseFrame } from './opcodes.ts';
import { type Operation, operations } from './operations.ts';
import type { OwnNews, OwnSocket } from './people.ts';
import type { Listener, Room } from './room.ts';
import { guildsOf } from './session.lookup.ts';
import { Subscriptions, TooMany } from './session.subscriptions.ts';
import type { World } from './world.ts';

/** One socket of the gateway, from HELLO to its close. What a client asks for is answered in the order it was asked. */
export class GatewaySession extends SocketSession implements Listener, OwnSocket {
  readonly #dialect: Dialect;
  readonly #world: World;
  #userId = '';
  #subscriptions: Subscriptions | undefined;
  /** What came before READY was sent. */
  #early: OwnNews[] | undefined = [];

  constructor(ground: SessionGround, wire: Wire, dialect: Dialect, world: World) {
    super(ground, wire, close);
    this.#dialect = dialect;
    this.#world = world;
    this.#say(op.HELLO, { heartbeatInterval: ground.limits.heartbeatInterval });
  }

  get userId(): string {
    return this.#userId;
  }

  get open(): boolean {
    return this.state === 'connected';
  }

  tell(frame: EventFrame): void {
    this.sendFrame(frame.in(this.#dialect));
  }

  hearOwn(news: OwnNews, isNew: boolean): void {
    if (this.#early) this.#early.push(news);
    else if (isNew) this.tell(news.frame);
  }

  dismissed(room: Room): void {
    this.#subscriptions?.dismissed(room);
  }

  lost(): void {
    this.close(close.failed);
  }

  listensSince(guildId: string): number | undefined {
    return this.#subscriptions?.since(guildId);
  }

  protected override hear(text: string): void {
    const frame = parseFrame(text);
    switch (frame?.op) {
      case undefined:
        this.close(close.notJson);
        break;
      case op.IDENTIFY:
        this.identify(field(frame?.data, 'token'));
        break;
      case op.HEARTBEAT:
        this.beat();
        this.inOrder(() => this.#say(op.HEARTBEAT_ACK, null));
        break;
      default:
        if (frame) this.#obey(frame);
    }
  }

  /** Listens first and looks then, so that nothing falls between what READY says and the first event. */
  protected override async connect({ userId }: Viewer, caller: Caller): Promise<void> {
    const { graph, connections } = this.ground;
    const { people } = this.#world;
    this.#userId = userId;
    const entered = people.enter(userId, this);
    this.hold(() => people.leave(userId, this));
    await entered;

    // From here on others see the user online: not for a socket that is gone already.
    if (this.state === 'closed') return;
    const run = runAs(graph, caller);
    this.hold(() => connections.close(this.id));
    const [guilds] = await Promise.all([guildsOf(run), connections.open(this.id, run)]);
    if (!this.connected()) return;
    const subscriptions = new Subscriptions(this.#world, this, run);
    this.#subscriptions = subscriptions;
    this.hold(() => subscriptions.clear());
    this.#ready(guilds);
  }

  protected override refuseToken(why: string): void {
    this.#say(op.INVALID_SESSION, { reason: why });
    super.refuseToken(why);
  }

  /** READY already tells of the guilds that came and went while the socket connected. */
  #ready(guilds: Set<string>): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const { joined, left } of early) {
      if (joined !== undefined) guilds.add(joined);
      if (left !== undefined) guilds.delete(left);
    }
    this.#world.people.told(this.#userId, guilds);
    this.#say(op.READY, { userId: this.#userId, guilds: [...guilds] });
    for (const { frame, joined, left } of early) if (joined === undefined && left === undefined) this.tell(frame);
  }

  #obey({ op: name, data }: Frame): void {
    const operation = operations(this.#dialect).get(name);
    if (!operation) this.inOrder(() => this.#refuse(name.slice(0, 64), {}, 'unknown operation'));
    else if (this.state === 'new') this.close(close.notAuthenticated);
    else this.inOrder(() => this.#run(name, operation, field(data, operation.key)));
  }

  async #run(name: string, { key, run }: Operation, id: unknown): Promise<void> {
    if (!this.#subscriptions) return;
    if (!isUuid(id)) {
      this.#refuse(name, {}, `${key} is not an id`);
      return;
    }
    try {
      const refusal = await run(this.#subscriptions, id);
      if (refusal) this.#refuse(name, { [key]: id }, refusal);
    } catch (error) {
      if (!(error instanceof TooMany)) throw error;
      this.close(close.tooManySubscriptions);
    }
  }

  #refuse(name: string, about: object, reason: string): void {
    this.#say(op.ERROR, { op: name, ...about, reason });
  }

  #say(name: Op, data: object | null): void {
    this.send(JSON.stringify({ op: name, data }));
  }
}
