import type { Graph } from '@kopru/router/graph/graph.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Refused } from '../failure.ts';
import type { EventFrame } from './frames.ts';

/** A socket, as those see it who have something to tell it. */
export interface Listener {
  readonly userId: string;
  /** Whether it can still be told anything. */
  readonly open: boolean;
  tell(frame: EventFrame): void;
  /** A room no longer tells it anything: its user may not listen any more, or the room is gone. */
  dismissed(room: Room): void;
  /** Something happened that it cannot be told any more. */
  lost(): void;
  /** When it began to listen to all of a guild; undefined where it does not. */
  listensSince(guildId: string): number | undefined;
}

/** What rooms are opened with. */
export interface RoomGround {
  readonly graph: Graph;
  readonly logger: Logger;
}

/** What sockets listen to: a guild, or a direct channel. */
export interface Room {
  /** Lets somebody listen to the channel, or to all there is where that is null. False where their user may not. @throws UNAVAILABLE */
  join(listener: Listener, channelId: string | null): Promise<boolean>;
  /** Takes back one `join`. */
  leave(listener: Listener, channelId: string | null): void;
  /** Takes back all of them. */
  forget(listener: Listener): void;
}

/** Whether a feed was refused, or ended, because what it is about is not there. */
export const isGone = ({ failure }: Refused): boolean => failure.kind === 'operation' && failure.code === 'NOT_FOUND';

/** Rooms that are open because somebody listens, by id. */
export class Rooms<Kind extends Room & { close(): void }> {
  readonly #rooms = new Map<string, Kind>();
  readonly #make: (id: string, onEmpty: () => void) => Kind;

  /** `make` is given what the room calls when nobody is in it any more. */
  constructor(make: (id: string, onEmpty: () => void) => Kind) {
    this.#make = make;
  }

  [Symbol.iterator](): Iterator<Kind> {
    return this.#rooms.values();
  }

  /** The room, opened if it is not. To be joined at once. */
  open(id: string): Kind {
    let room = this.#rooms.get(id);
    if (!room) {
      const made: Kind = this.#make(id, () => {
        if (this.#rooms.get(id) === made) this.#rooms.delete(id);
      });
      room = made;
      this.#rooms.set(id, room);
    }
    return room;
  }

  /** The room, where somebody listens. */
  find(id: string): Kind | undefined {
    return this.#rooms.get(id);
  }

  close(): void {
    for (const room of [...this.#rooms.values()]) room.close();
  }
}
