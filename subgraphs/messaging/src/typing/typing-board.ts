import type { EventLog, LogSubscription } from '@kopru/runtime/events/log.ts';
import { kopruEvent, topic } from '@kopru/schema/events.ts';
import { typingSeconds } from '@kopru/schema/limits.ts';
import { LRUCache } from 'lru-cache';

/** Who types where, as this process has heard of it from all of them. */
export class TypingBoard {
  readonly #log: EventLog;
  readonly #now: () => number;
  /** Channel → user → until when, in milliseconds since 1970. */
  readonly #channels = new LRUCache<string, Map<string, number>>({ max: 20_000, ttl: typingSeconds * 1_000 });
  #subscription: LogSubscription | undefined;

  constructor(log: EventLog, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  async start(): Promise<void> {
    this.#subscription = await this.#log.subscribe([topic.typing], (event) => {
      const { type, payload } = kopruEvent(event);
      if (type === 'typing.started') this.started(payload.channelId, payload.userId, Date.parse(payload.expiresAt));
    });
  }

  async close(): Promise<void> {
    await this.#subscription?.close();
  }

  started(channelId: string, userId: string, expiresAt: number): void {
    const users = this.#channels.get(channelId) ?? new Map<string, number>();
    for (const [id, until] of users) if (until <= this.#now()) users.delete(id);
    users.set(userId, expiresAt);
    this.#channels.set(channelId, users);
  }

  stopped(channelId: string, userId: string): void {
    this.#channels.get(channelId)?.delete(userId);
  }

  /** Until when they type; undefined where they do not. */
  until(channelId: string, userId: string): number | undefined {
    const until = this.#channels.get(channelId)?.get(userId);
    return until !== undefined && until > this.#now() ? until : undefined;
  }

  in(channelId: string): string[] {
    const users = this.#channels.get(channelId) ?? [];
    return [...users].filter(([, until]) => until > this.#now()).map(([id]) => id);
  }
}
