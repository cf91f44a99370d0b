import type { Logger } from '@kopru/runtime/logger.ts';
import { DirectFeed } from '@kopru/schema/operations/ws-gateway.ts';
import { newsOf } from './news.ts';
import type { Listener, Room, RoomGround } from './room.ts';
import { SharedFeed } from './shared-feed.ts';

/** A direct channel, and the sockets of its two people in this process that listen to it. Nobody ever leaves one. */
export class DirectChannel implements Room {
  readonly #logger: Logger;
  readonly #onEmpty: () => void;
  readonly #feed: SharedFeed;
  readonly #listeners = new Set<Listener>();
  #joining = 0;
  #closed = false;
  /** Why it was closed, where something went wrong. */
  #error: unknown;

  constructor({ graph, logger }: RoomGround, channelId: string, onEmpty: () => void) {
    this.#logger = logger;
    this.#onEmpty = onEmpty;
    this.#feed = new SharedFeed(
      graph,
      {
        next: (delivery) => {
          const { frame, failed } = newsOf(delivery, null);
          if (failed !== undefined) this.#lose(new Error(failed));
          else if (frame) for (const listener of this.#listeners) listener.tell(frame);
        },
        ended: (error) => this.#lose(error),
      },
      DirectFeed,
      { channelId },
    );
  }

  /** For one of its two people; whoever calls this has found out. */
  async join(listener: Listener): Promise<boolean> {
    this.#joining += 1;
    try {
      await this.#feed.opened;
      if (this.#error) throw this.#error;
      if (this.#closed || !listener.open) return false;
      this.#listeners.add(listener);
      return true;
    } finally {
      this.#joining -= 1;
      this.#closeIfEmpty();
    }
  }

  leave(listener: Listener): void {
    this.forget(listener);
  }

  forget(listener: Listener): void {
    this.#listeners.delete(listener);
    this.#closeIfEmpty();
  }

  close(): void {
    this.#closed = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    this.#feed.close();
    this.#onEmpty();
    for (const listener of listeners) listener.dismissed(this);
  }

  #closeIfEmpty(): void {
    if (this.#listeners.size === 0 && this.#joining === 0 && !this.#closed) this.close();
  }

  #lose(error: unknown): void {
    const listeners = [...this.#listeners];
    this.#error = error;
    this.close();
    this.#logger.error({ err: error, sockets: listeners.length }, 'the feed of a direct channel was lost');
    for (const listener of listeners) listener.lost();
  }
}
