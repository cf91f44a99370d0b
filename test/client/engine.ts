import { WebSocket } from 'ws';
import { Inbox } from './inbox.ts';

const separator = '\u001e';

/** Engine.IO 4 spoken by hand: packets as texts, over either transport. */
export class EngineClient {
  readonly #url: string;

  /** `origin` is where `/socket.io/` is. */
  constructor(origin: string) {
    this.#url = `${origin}/socket.io/`;
  }

  url(query: Readonly<Record<string, string>>): string {
    return `${this.#url}?${new URLSearchParams(query)}`;
  }

  /** Any request, whatever comes of it. */
  async request(
    query: Readonly<Record<string, string>>,
    init: RequestInit = {},
  ): Promise<[status: number, text: string]> {
    const answer = await fetch(this.url(query), init);
    return [answer.status, await answer.text()];
  }

  /** Begins a session over polling. */
  async handshake(): Promise<PollingSession> {
    const [status, text] = await this.request({ EIO: '4', transport: 'polling' });
    if (status !== 200 || !text.startsWith('0')) throw new Error(`The handshake was answered ${status} ${text}`);
    return new PollingSession(this, JSON.parse(text.slice(1)) as Handshake);
  }

  /** Opens a websocket with that query, and says nothing. */
  socket(query: Readonly<Record<string, string>>): EngineSocket {
    return new EngineSocket(this.url(query).replace(/^http/, 'ws'));
  }
}

export interface Handshake {
  readonly sid: string;
  readonly upgrades: readonly string[];
  readonly pingInterval: number;
  readonly pingTimeout: number;
  readonly maxPayload: number;
}

/** A session over polling. */
export class PollingSession {
  readonly handshake: Handshake;
  readonly #client: EngineClient;

  constructor(client: EngineClient, handshake: Handshake) {
    this.#client = client;
    this.handshake = handshake;
  }

  get query(): Readonly<Record<string, string>> {
    return { EIO: '4', transport: 'polling', sid: this.handshake.sid };
  }

  /** Sends packets in one body. */
  post(...packets: readonly string[]): Promise<[status: number, text: string]> {
    return this.#client.request(this.query, { method: 'POST', body: packets.join(separator) });
  }

  /** Waits for packets. */
  async poll(): Promise<[status: number, packets: readonly string[]]> {
    const [status, text] = await this.#client.request(this.query);
    return [status, text.split(separator)];
  }
}

/** A websocket that keeps the packets it is sent. */
export class EngineSocket {
  readonly packets: Inbox<string>;
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  /** Resolves when it is open, or with why it cannot be. */
  readonly opened: Promise<string>;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.packets = new Inbox('The websocket');
    this.#socket.on('message', (data, isBinary) => this.packets.push(isBinary ? 'binary' : String(data)));
    this.opened = new Promise((resolve) => {
      this.#socket.on('open', () => resolve('open'));
      this.#socket.on('error', (error) => resolve(error.message));
    });
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code) => {
        this.packets.end(`the websocket was closed with ${code}`);
        resolve(code);
      });
    });
  }

  send(packet: string | Buffer): void {
    this.#socket.send(packet);
  }

  /** The first packet that begins so, come already or still to come. */
  heard(start: string): Promise<string> {
    return this.packets.first(`packet ${start}`, (packet) => packet.startsWith(start));
  }

  /** Connects to the namespace, as the client does. */
  async connect(): Promise<this> {
    await this.heard('0');
    this.send('40');
    await this.heard('40');
    return this;
  }

  drop(): void {
    this.#socket.terminate();
  }
}
