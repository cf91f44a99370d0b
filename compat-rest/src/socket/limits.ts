import type { Viewer } from '@kopru/runtime/context.ts';

/** A close code, and what it is told to be for. */
export type CloseReason = readonly [code: number, reason: string];

/** Why sockets of every dialect are closed; the codes are each dialect's own. */
export interface CloseReasons {
  /** Something went wrong on our side: the client comes back and fetches anew. */
  readonly failed: CloseReason;
  /** The client does not read what it is sent. */
  readonly tooSlow: CloseReason;
  /** It did not say in time who it is. */
  readonly notAuthenticated: CloseReason;
  readonly authenticationFailed: CloseReason;
  readonly rateLimited: CloseReason;
  readonly heartbeatTimedOut: CloseReason;
}

/** How long a socket has for what, in milliseconds, and how much it may say. */
export const usualLimits = {
  heartbeatInterval: 30_000,
  authenticateWithin: 10_000,
  framesPerWindow: 120,
  window: 60_000,
};
export type Limits = typeof usualLimits;

/** Counts the frames of one client. A window that does not slide is enough against a flood. */
export class FrameCount {
  #since = Number.NEGATIVE_INFINITY;
  #frames = 0;

  /** How many there are in the current window of that many milliseconds, the next one included. */
  next(window: number, now = performance.now()): number {
    if (now - this.#since >= window) {
      this.#since = now;
      this.#frames = 0;
    }
    this.#frames += 1;
    return this.#frames;
  }
}

/** Calls `expired` when the viewer's token runs out. Returns how to stop. */
export function onExpiry({ expiresAt }: Viewer, expired: () => void): () => void {
  const timer = setTimeout(expired, expiresAt * 1000 - Date.now());
  return () => clearTimeout(timer);
}
