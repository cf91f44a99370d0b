import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Takes over a connection whose request asked to upgrade. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Hands upgrade requests to whoever serves their path; those of no path are refused. */
export function routeUpgrades(server: Server, handlers: Readonly<Record<string, UpgradeHandler>>): void {
  server.on('upgrade', (request, socket, head) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    const handler = Object.hasOwn(handlers, path) ? handlers[path] : undefined;
    if (handler) handler(request, socket, head);
    else refuseUpgrade(socket, 404);
  });
}

/** Answers an upgrade request with an error and hangs up. */
export function refuseUpgrade(socket: Duplex, status: 403 | 404 | 503): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
