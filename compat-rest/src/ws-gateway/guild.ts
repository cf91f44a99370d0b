import type { Logger } from '@kopru/runtime/logger.ts';
import { GuildFeed } from '@kopru/schema/operations/ws-gateway.ts';
import { Refused } from '../failure.ts';
import type { Echoes } from './echoes.ts';
import { Readers, type Reading } from './guild.readers.ts';
import { type Member, Seat } from './guild.seat.ts';
import { everybody, type News, newsOf } from './news.ts';
import { isGone, type Listener, type Room, type RoomGround } from './room.ts';
import { SharedFeed } from './shared-feed.ts';

/**
 * A guild, and the sockets of this process that listen to it or to channels of it, over one feed. Who may read what is asked when somebody
 * joins, and again when the feed says that it may have changed: what follows waits for the answer. Who is no member any more is out at once.
 */
export class Guild implements Room {
  readonly id: string;
  readonly #readers: Readers;
  readonly #echoes: Echoes;
  readonly #logger: Logger;
  readonly #onEmpty: () => void;
  readonly #feed: SharedFeed;
  readonly #seats = new Map<Listener, Seat>();
  readonly #members = new Map<string, Member>();
  #joining = 0;
  /** Counts what may have changed who may read what. */
  #changes = 0;
  /** What came while readers are asked about; undefined while they are not. */
  #held: News[] | undefined;
  #closed = false;
  /** Why it was closed, where something went wrong. */
  #error: unknown;

  constructor({ graph, logger, echoes }: RoomGround & { readonly echoes: Echoes }, id: string, onEmpty: () => void) {
    this.id = id;
    this.#readers = new Readers(graph, id);
    this.#echoes = echoes;
    this.#logger = logger;
    this.#onEmpty = onEmpty;
    const listener = {
      next: (delivery: Parameters<typeof newsOf>[0]) => this.#hear(newsOf(delivery, id)),
      ended: (error: Refused) => (isGone(error) ? this.close() : this.#lose(error)),
    };
    this.#feed = new SharedFeed(graph, listener, GuildFeed, { guildId: id });
  }

  /** Whether anybody listens to all of it. */
  get subscribed(): boolean {
    return [...this.#seats.values()].some(({ since }) => since !== undefined);
  }

  async join(listener: Listener, channelId: string | null): Promise<boolean> {
    this.#joining += 1;
    try {
      await this.#feed.opened;
      let changes: number;
      let reading: Reading | null;
      do {
        changes = this.#changes;
        reading = this.#known(listener.userId) ?? (await this.#readers.of(listener.userId));
        // What happened meanwhile may have come too late for the answer.
      } while (changes !== this.#changes);
      if (this.#error) throw this.#error;
      if (this.#closed || !reading || !listener.open || (channelId !== null && !reading.has(channelId))) return false;
      const seat = this.#seat(listener, reading);
      if (channelId === null) seat.since ??= this.#echoes.now();
      else seat.addChannel(channelId);
      return true;
    } catch (error) {
      if (error instanceof Refused && isGone(error)) return false;
      throw error;
    } finally {
      this.#joining -= 1;
      this.#closeIfEmpty();
    }
  }

  leave(listener: Listener, channelId: string | null): void {
    const seat = this.#seats.get(listener);
    if (channelId !== null) seat?.removeChannel(channelId);
    else if (seat) seat.since = undefined;
    if (seat?.empty) this.forget(listener);
  }

  forget(listener: Listener): void {
    this.#unseat(listener);
    this.#closeIfEmpty();
  }

  since(listener: Listener): number | undefined {
    return this.#seats.get(listener)?.since;
  }

  /** Takes out the sockets of somebody who is no member any more. */
  expel(userId: string): void {
    this.#changes += 1;
    for (const { listener } of this.#members.get(userId)?.seats ?? []) this.#dismiss(listener);
    this.#closeIfEmpty();
  }

  /** Takes everybody out. */
  close(): void {
    this.#closed = true;
    for (const listener of [...this.#seats.keys()]) this.#dismiss(listener);
    this.#feed.close();
    this.#onEmpty();
  }

  /** What somebody is known to read who listens already. */
  #known(userId: string): Reading | undefined {
    return this.#held ? undefined : this.#members.get(userId)?.reading;
  }

  #seat(listener: Listener, reading: Reading): Seat {
    const seated = this.#seats.get(listener);
    if (seated) return seated;
    let member = this.#members.get(listener.userId);
    if (!member) {
      member = { reading, seats: [] };
      this.#members.set(listener.userId, member);
    }
    const seat = new Seat(listener, member);
    member.seats = [...member.seats, seat];
    this.#seats.set(listener, seat);
    return seat;
  }

  #unseat(listener: Listener): void {
    const seat = this.#seats.get(listener);
    if (!seat) return;
    this.#seats.delete(listener);
    seat.member.seats = seat.member.seats.filter((other) => other !== seat);
    if (seat.member.seats.length === 0) this.#members.delete(listener.userId);
  }

  #dismiss(listener: Listener): void {
    this.#unseat(listener);
    listener.dismissed(this);
  }

  #closeIfEmpty(): void {
    if (this.#seats.size === 0 && this.#joining === 0 && !this.#closed) this.close();
  }

  #hear(news: News): void {
    if (news.recheck !== undefined) this.#changes += 1;
    if (news.removed !== undefined) this.expel(news.removed);
    else if (this.#held) this.#held.push(news);
    else this.#pass(news);
  }

  /** Tells it, after asking again who may read what where it has to. */
  #pass(news: News): void {
    const concerned = this.#concerned(news.recheck);
    if (concerned.length === 0) {
      this.#tell(news);
      return;
    }
    this.#held = [];
    this.#recheck(concerned).then(
      () => this.#release(news),
      (error: unknown) => this.#lose(error),
    );
  }

  #concerned(recheck: News['recheck']): readonly string[] {
    if (recheck === undefined) return [];
    if (recheck === everybody) return [...this.#members.keys()];
    return this.#members.has(recheck) ? [recheck] : [];
  }

  async #recheck(userIds: readonly string[]): Promise<void> {
    const readings = await Promise.all(userIds.map((userId) => this.#readers.of(userId)));
    for (const [index, userId] of userIds.entries()) {
      const member = this.#members.get(userId);
      const reading = readings[index];
      if (!reading) this.expel(userId);
      else if (member) member.reading = reading;
    }
  }

  #release(news: News): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#tell(news);
    for (const next of held) {
      // One of them may have stopped the others again.
      if (this.#held) (this.#held as News[]).push(next);
      else this.#pass(next);
    }
  }

  #tell({ frame, channelId, echo, failed }: News): void {
    if (failed !== undefined) this.#lose(new Error(failed));
    if (!frame) return;
    const told = echo === undefined ? [] : this.#echoes.telling(echo, this.id);
    const heardBefore = (listener: Listener): boolean =>
      told.some(([guildId, at]) => (listener.listensSince(guildId) ?? at) < at);
    // Somebody who cannot keep up leaves while the others are told.
    for (const seat of this.#seats.values())
      if (seat.hears(channelId) && !(told.length > 0 && heardBefore(seat.listener))) seat.listener.tell(frame);
  }

  /** Those who listen come back and fetch anew; a silent hole they would never mend. */
  #lose(error: unknown): void {
    const listeners = [...this.#seats.keys()];
    this.#error = error;
    this.close();
    this.#logger.error({ err: error, guild: this.id, sockets: listeners.length }, 'the feed of a guild was lost');
    for (const listener of listeners) listener.lost();
  }
}
