import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { textFrame } from '@kopru/compat-rest/socket/frames.ts';
import { WebSocketServer } from 'ws';
import { answer, cpu, now, rss } from './worker.ts';

/** The least a WebSocket server can do: the same bytes to every socket, from one prebuilt frame. */
const server = createServer();
const streams = new Set<Duplex>();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('upgrade', (request, stream, head) =>
  sockets.handleUpgrade(request, stream, head, () => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
  }),
);

const handlers = {
  async open(): Promise<string> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  },
  cpu,
  rss,
  /** Sends `text` to everybody `count` times, as one write each. */
  publish({ text, count }: { text: string; count: number }): number {
    const startedAt = now();
    const frame = textFrame(text);
    for (const stream of streams) {
      if (count > 1) stream.cork();
      for (let sent = 0; sent < count; sent += 1) stream.write(frame);
      if (count > 1) stream.uncork();
    }
    return startedAt;
  },
};
export type RawHandlers = typeof handlers;
answer(handlers);
