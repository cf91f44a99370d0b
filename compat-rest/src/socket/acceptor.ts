import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { clientReader } from '@kopru/runtime/client.ts';
import { allowsOrigin } from '@kopru/runtime/config.ts';
import { WebSocket, WebSocketServer } from 'ws';
import type { CompatSettings } from '../config.ts';
import type { CloseReason } from './limits.ts';
import type { Wire } from './session.ts';
import { refuseUpgrade, type UpgradeHandler } from './upgrades.ts';
import { SocketWriter } from './writer.ts';

/** How long a socket may take to answer a close, in milliseconds. */
const closeTimeout = 2_000;

/** What an acceptor keeps of a session. */
interface Session {
  close(reason: CloseReason): void;
  readonly finished: Promise<void> | undefined;
}

export interface AcceptorOptions {
  readonly settings: Pick<CompatSettings, 'CORS_ORIGINS' | 'TRUST_PROXY'>;
  /** The largest frame from a client, in bytes. */
  readonly largestFrame: number;
  /** How a socket is closed whose frame is larger, or not UTF-8. */
  readonly unreadable: CloseReason;
  readonly goingAway: CloseReason;
  /** Begins a session on a socket that has just opened. */
  readonly begin: (wire: Wire, request: IncomingMessage) => Session;
}

/** Accepts the sockets of one dialect, and ends their sessions when the server stops. */
export class Acceptor {
  readonly #options: AcceptorOptions;
  readonly #server: WebSocketServer;
  readonly #clientOf: ReturnType<typeof clientReader>;
  readonly #sessions = new Set<Session>();
  #stopping = false;

  constructor(options: AcceptorOptions) {
    this.#options = options;
    this.#clientOf = clientReader(options.settings.TRUST_PROXY);
    // Not inline: the types of ws do not know `closeTimeout`.
    const serverOptions = {
      noServer: true,
      clientTracking: false,
      maxPayload: options.largestFrame,
      WebSocket: closingUnreadableWith(options.unreadable),
      closeTimeout,
    };
    this.#server = new WebSocketServer(serverOptions);
  }

  /** Open sockets. */
  get size(): number {
    return this.#sessions.size;
  }

  readonly upgrade: UpgradeHandler = (request, stream, head) => {
    if (this.#stopping) return refuseUpgrade(stream, 503);
    if (!allowsOrigin(this.#options.settings.CORS_ORIGINS, request.headers.origin)) return refuseUpgrade(stream, 403);
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#accept(socket, request, stream));
  };

  #accept(socket: WebSocket, request: IncomingMessage, stream: Duplex): void {
    const client = this.#clientOf(request);
    this.#keep(socket, this.#options.begin({ socket, writer: new SocketWriter(socket, stream), client }, request));
  }

  /** On its own, since a listener beside the request would keep that for as long as the socket is open. */
  #keep(socket: WebSocket, session: Session): void {
    this.#sessions.add(session);
    // Until it has given everything back, so that a stop waits for those that are just leaving too.
    socket.on('close', () => session.finished?.then(() => this.#sessions.delete(session)));
  }

  /** Takes nothing new and ends every session; resolves when all they held is given back. */
  async close(): Promise<void> {
    this.#stopping = true;
    const ending = [...this.#sessions];
    for (const session of ending) session.close(this.#options.goingAway);
    await Promise.all(ending.map((session) => session.finished));
  }
}

/** Sockets that close on frames too large or not UTF-8 by a code of the dialect, where the protocol has 1009 and 1007. */
function closingUnreadableWith(reason: CloseReason): typeof WebSocket {
  return class extends WebSocket {
    override close(code?: number, text?: string | Buffer): void {
      if (code === 1009 || code === 1007) super.close(...reason);
      else super.close(code, text);
    }
  };
}
