import type { Destination } from '@kopru/runtime/events/log.ts';
import { events } from '@kopru/schema/events.ts';
import { LRUCache } from 'lru-cache';
import type { SupportSender } from '../message/message.ts';
import { announce } from './announce.ts';

/** Who goes on typing is announced again after this long, in milliseconds. */
const quiet = 2_000;

/** Says that a side of a thread types. Nobody keeps it. */
export class Typing {
  readonly #destination: Destination;
  readonly #announced = new LRUCache<string, true>({ max: 20_000, ttl: quiet, noUpdateTTL: true });

  constructor(destination: Destination) {
    this.#destination = destination;
  }

  /** @throws UNAVAILABLE */
  async start(threadId: string, sender: SupportSender): Promise<void> {
    const key = `${sender} ${threadId}`;
    if (this.#announced.has(key)) return;
    this.#announced.set(key, true);
    await announce(this.#destination, events.supportTypingStarted({ threadId, sender })).catch((error: unknown) => {
      this.#announced.delete(key);
      throw error;
    });
  }
}
