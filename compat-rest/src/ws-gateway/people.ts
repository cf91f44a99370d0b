import { Memberships, type MembershipsSubscription } from '@kopru/schema/operations/ws-gateway.ts';
import { contentOf } from '../socket/frames.ts';
import { directChannelCreate, type EventFrame, guildCreate, guildDelete } from './frames.ts';
import type { RoomGround } from './room.ts';
import { SharedFeed } from './shared-feed.ts';

/** What somebody hears of themselves: they came to have a guild, or have it no more, or something else. */
export interface OwnNews {
  readonly frame: EventFrame;
  readonly joined?: string;
  readonly left?: string;
}

/** A socket of somebody's. */
export interface OwnSocket {
  /** `isNew` is false where the person was told as much before. */
  hearOwn(news: OwnNews, isNew: boolean): void;
  lost(): void;
}

interface Person {
  readonly sockets: Set<OwnSocket>;
  /** As far as their sockets were told. */
  guilds: Set<string>;
}

/** Those who listen to guilds. They are told first: nothing of a guild may follow the news that somebody has it no more. */
interface GuildListeners {
  left(userId: string, guildId: string): void;
  gone(guildId: string): void;
}

/** Who is connected, with all of their sockets. One feed brings the memberships of everybody; those of others pass by. */
export class People {
  readonly #ground: RoomGround;
  readonly #guilds: GuildListeners;
  readonly #people = new Map<string, Person>();
  #feed: SharedFeed | undefined;

  constructor(ground: RoomGround, guilds: GuildListeners) {
    this.#ground = ground;
    this.#guilds = guilds;
  }

  /** How many people are connected. */
  get size(): number {
    return this.#people.size;
  }

  /** Takes a socket in at once, until it leaves. From when this resolves, it hears all that is its user's own. @throws Refused */
  async enter(userId: string, socket: OwnSocket): Promise<void> {
    const person = this.#people.get(userId);
    if (person) person.sockets.add(socket);
    else this.#people.set(userId, { sockets: new Set([socket]), guilds: new Set() });
    await this.#listen();
  }

  leave(userId: string, socket: OwnSocket): void {
    const person = this.#people.get(userId);
    person?.sockets.delete(socket);
    if (person?.sockets.size === 0) this.#people.delete(userId);
  }

  /** Notes the guilds that a socket is told of when it is ready. */
  told(userId: string, guilds: Set<string>): void {
    const person = this.#people.get(userId);
    if (person) person.guilds = guilds;
  }

  close(): void {
    this.#feed?.close();
  }

  async #listen(): Promise<void> {
    const feed = this.#feed ?? this.#open();
    this.#feed = feed;
    try {
      await feed.opened;
    } catch (error) {
      if (this.#feed === feed) this.#feed = undefined;
      throw error;
    }
  }

  #open(): SharedFeed {
    return new SharedFeed(
      this.#ground.graph,
      {
        next: (delivery) => {
          const content = contentOf<MembershipsSubscription>(delivery);
          if (content.kind === 'data') this.#hear(content.data.membershipEvents);
          else if (content.kind === 'failed') this.#lose(new Error(content.reason));
        },
        ended: (error) => {
          this.#feed = undefined;
          this.#lose(error);
        },
      },
      Memberships,
      {},
    );
  }

  #hear(event: MembershipsSubscription['membershipEvents']): void {
    switch (event.__typename) {
      case 'MemberAdded':
        this.#joined(event.user.id, { frame: guildCreate(event.server), joined: event.server.id });
        break;
      case 'MemberRemoved':
        this.#guilds.left(event.user.id, event.serverId);
        this.#left(event.user.id, { frame: guildDelete(event.serverId), left: event.serverId });
        break;
      case 'ServerDeleted':
        this.#guilds.gone(event.serverId);
        for (const userId of [...this.#people.keys()])
          this.#left(userId, { frame: guildDelete(event.serverId), left: event.serverId });
        break;
      case 'DirectChannelOpened': {
        const frame = directChannelCreate(event.channel);
        for (const { id } of event.channel.recipients) this.#tell(id, { frame }, true);
      }
    }
  }

  #joined(userId: string, news: OwnNews & { readonly joined: string }): void {
    const guilds = this.#people.get(userId)?.guilds;
    const isNew = guilds ? !guilds.has(news.joined) : false;
    guilds?.add(news.joined);
    this.#tell(userId, news, isNew);
  }

  #left(userId: string, news: OwnNews & { readonly left: string }): void {
    const isNew = this.#people.get(userId)?.guilds.delete(news.left) ?? false;
    this.#tell(userId, news, isNew);
  }

  #tell(userId: string, news: OwnNews, isNew: boolean): void {
    for (const socket of [...(this.#people.get(userId)?.sockets ?? [])]) socket.hearOwn(news, isNew);
  }

  /** Everybody comes back and is told anew which guilds they have. */
  #lose(error: unknown): void {
    this.#ground.logger.error({ err: error, people: this.#people.size }, 'the feed of memberships was lost');
    for (const { sockets } of [...this.#people.values()]) for (const socket of [...sockets]) socket.lost();
  }
}
