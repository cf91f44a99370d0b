import type { Revocations } from '@kopru/runtime/auth/revocations.ts';
import { Gauge, type Registry } from 'prom-client';

/** A socket as those see it who may have to end it. */
export interface LiveSocket {
  /** The session of its token ended. */
  sessionEnded(): void;
}

/** The sockets of one dialect in this process, by the session whose token opened them. */
export class Sockets {
  readonly #bySession = new Map<string, Set<LiveSocket>>();
  readonly #stopListening: () => void;

  constructor(revocations: Revocations) {
    this.#stopListening = revocations.onRevoked(({ sessionId }) => {
      for (const socket of [...(this.#bySession.get(sessionId) ?? [])]) socket.sessionEnded();
    });
  }

  add(sessionId: string, socket: LiveSocket): void {
    const sockets = this.#bySession.get(sessionId);
    if (sockets) sockets.add(socket);
    else this.#bySession.set(sessionId, new Set([socket]));
  }

  remove(sessionId: string, socket: LiveSocket): void {
    const sockets = this.#bySession.get(sessionId);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.#bySession.delete(sessionId);
  }

  close(): void {
    this.#stopListening();
  }
}

/** Counts open sockets by dialect, for `/metrics`. Gives the metric's name. */
export function socketGauge(metrics: Registry, sizes: Readonly<Record<string, () => number>>): string {
  const name = 'kopru_legacy_sockets';
  new Gauge({
    name,
    help: 'Open sockets of the older systems.',
    labelNames: ['dialect'],
    registers: [metrics],
    collect() {
      for (const [dialect, size] of Object.entries(sizes)) this.set({ dialect }, size());
    },
  });
  return name;
}
