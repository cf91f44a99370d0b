import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an analyst does with one request. */
export type Script = (response: ServerResponse) => void | Promise<void>;

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly stream: boolean;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
}

/** An OpenAI-compatible server that does as it is told, and remembers what it was asked. */
export class AnalystServer implements AsyncDisposable {
  /** Ends in the version. */
  readonly url: string;
  readonly asked: Asked[] = [];
  /** Requests whose client has gone before the answer was whole. */
  gone = 0;
  readonly #server: Server;
  readonly #scripts: Script[] = [];
  /** What it does when no script is left. */
  otherwise: Script = silence;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  static async open(): Promise<AnalystServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new AnalystServer(server);
  }

  /** The scripts of the next requests, one each. */
  next(...scripts: readonly Script[]): void {
    this.#scripts.push(...scripts);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    this.asked.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: JSON.parse(body),
    });
    response.once('close', () => {
      if (!response.writableFinished) this.gone += 1;
    });
    await (this.#scripts.shift() ?? this.otherwise)(response);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Takes the request and says nothing. */
export const silence: Script = () => undefined;

export const event = (data: unknown): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
export const token = (content: string): string =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
export const stop = event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
export const limit = event({ choices: [{ index: 0, delta: {}, finish_reason: 'length' }] });
const usage = event({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } });
const role = event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] });
export const done = event('[DONE]');

/** Sends these as they are, and ends unless it is told to hang. */
export const sends =
  (parts: readonly string[], { hangs = false } = {}): Script =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const part of parts) response.write(part);
    if (!hangs) response.end();
  };

/** Answers well. */
export const says = (...tokens: readonly string[]): Script =>
  sends([': hello\n\n', role, ...tokens.map(token), stop, usage, done]);

/** Says this, and its connection breaks. */
export const breaksAfter =
  (...tokens: readonly string[]): Script =>
  async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await new Promise((sent) => response.write(tokens.map(token).join(''), sent));
    response.destroy();
  };

/** Refuses. */
export const refuses =
  (status: number, headers: Record<string, string> = {}): Script =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message: 'Incorrect API key provided: sk-secret', code: 'refused' } }));
  };
