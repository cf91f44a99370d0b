import type { Context } from '@kopru/runtime/context.ts';
import { forbidden, unavailable } from '@kopru/runtime/errors.ts';
import type { Destination } from '@kopru/runtime/events/log.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { typingSeconds } from '@kopru/schema/limits.ts';
import type { Access } from '../access/access.ts';
import type { TypingBoard } from './typing-board.ts';

/** Who goes on typing is announced again after this long, in milliseconds. */
const quiet = 2_000;

/** Says that somebody types. It is in no outbox: nobody needs it after eight seconds. */
export class Typing {
  readonly #destination: Destination;
  readonly #access: Access;
  readonly #board: TypingBoard;
  readonly #now: () => number;

  constructor(destination: Destination, access: Access, board: TypingBoard, now: () => number) {
    this.#destination = destination;
    this.#access = access;
    this.#board = board;
    this.#now = now;
  }

  /** Until when the viewer is shown as typing. @throws NOT_FOUND, FORBIDDEN, UNAVAILABLE */
  async start(channelId: string, context: Context): Promise<Date> {
    const { userId, canSend } = await this.#access.ofViewer(channelId, context);
    if (!canSend) throw forbidden('You may not write in this channel.', 'Channel');
    const now = this.#now();
    const lifetime = typingSeconds * 1_000;
    const announced = this.#board.until(channelId, userId);
    if (announced !== undefined && announced - lifetime + quiet > now) return new Date(announced);
    const expiresAt = new Date(now + lifetime);
    this.#board.started(channelId, userId, expiresAt.getTime());
    const { type, topics, payload } = events.typingStarted({ channelId, userId, expiresAt: expiresAt.toISOString() });
    const event = { id: newId(), type, topics, payload, at: new Date(now).toISOString() };
    await this.#destination.append([event]).catch((error: unknown) => {
      this.#board.stopped(channelId, userId);
      throw unavailable(undefined, error as Error);
    });
    return expiresAt;
  }
}
