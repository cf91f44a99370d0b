import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';

/** A server of somebody else's service, on a port of this machine. */
export interface LocalServer extends AsyncDisposable {
  readonly origin: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An answer with this status. */
export class Answer extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What `answer` throws is answered with its status, and otherwise 500, as `refuse` writes it; a request that breaks off is not answered. */
export async function openLocalServer(
  answer: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>,
  refuse = (message: string) => message,
): Promise<LocalServer> {
  const server = createServer(async (request, response) => {
    try {
      await answer(request, response, new URL(request.url ?? '', 'http://localhost'));
    } catch (error) {
      if (request.errored || response.headersSent) return void response.destroy();
      response.writeHead(error instanceof Answer ? error.status : 500).end(refuse((error as Error).message));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const closed = once(server, 'close');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await closed;
    },
  };
}

export async function readAll(body: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Answers with a file, or the part of it that is asked for. */
export function sendFile(request: IncomingMessage, response: ServerResponse, file: Buffer, type: string): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (from === undefined) return void response.writeHead(200, headers(type, file)).end(file);
  if (Number(from) >= file.length) throw new Answer(416, 'InvalidRange');
  const part = file.subarray(Number(from), to ? Number(to) + 1 : file.length);
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`;
  response.writeHead(206, { ...headers(type, part), 'content-range': range }).end(part);
}

const headers = (type: string, file: Buffer) => ({ 'content-type': type, 'content-length': file.length });
