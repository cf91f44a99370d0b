import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { type LocalServer, openLocalServer, readAll } from '@kopru/runtime/testing/storage/server.ts';
import type { TelegramSetup } from '../telegram/settings.ts';

/** A call of the Bot API, as it came. */
export interface TelegramCall {
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The file that came along, with its name. */
  readonly file?: { readonly name: string; readonly content: Buffer };
  /** The id that the message got, where one was sent. */
  readonly messageId?: number;
}

interface Refusal {
  readonly code: number;
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, number>>;
}

const agentsChat = -1_001_234_567_890;

/** The Bot API, with one bot in the chat of the agents. */
export class LocalTelegram implements AsyncDisposable {
  readonly botId = 123_456;
  readonly token = `${this.botId}:a-secret-token`;
  readonly agentsChat = agentsChat;
  /** What was sent, and taken. */
  readonly sent: TelegramCall[] = [];
  /** Everything that was asked, but for news. */
  readonly calls: TelegramCall[] = [];
  /** By file id. */
  readonly files = new Map<string, Buffer>();
  /** How many asked for news at the same time as another, which it does not stand. */
  conflicts = 0;
  webhook: Readonly<Record<string, unknown>> | undefined;
  /** Decides about a call before it is done: a refusal, or to break the connection; before the answer or after the deed. */
  judge: (call: TelegramCall) => Refusal | 'cut' | 'cut after' | undefined = () => undefined;

  #server: LocalServer | undefined;
  #updates: { readonly update_id: number }[] = [];
  #asking: { readonly wake: () => void; readonly end: (refusal: Refusal) => void } | undefined;
  #lastMessage = 100;
  #lastUpdate = 5_000;

  static async open(): Promise<LocalTelegram> {
    const telegram = new LocalTelegram();
    telegram.#server = await openLocalServer((request, response, url) => telegram.#answer(request, response, url));
    return telegram;
  }

  /** What tells a subgraph of it. */
  get settings(): Record<string, string> {
    return {
      TELEGRAM_BOT_TOKEN: this.token,
      TELEGRAM_CHAT_ID: String(agentsChat),
      TELEGRAM_API_ROOT: this.#server?.origin ?? '',
    };
  }

  /** The same, as it is read; without a webhook. */
  get setup(): TelegramSetup {
    const { token, botId, settings } = this;
    return {
      token,
      botId,
      agentsChat: settings.TELEGRAM_CHAT_ID ?? '',
      apiRoot: settings.TELEGRAM_API_ROOT ?? '',
      webhook: undefined,
    };
  }

  /** The texts that the agents' chat, or another, was sent. */
  texts(chat = agentsChat): unknown[] {
    return this.sent
      .filter(({ fields }) => Number(fields.chat_id) === chat)
      .map(({ fields }) => fields.text ?? fields.caption ?? null);
  }

  /** An update with a message; nobody has it yet. */
  update(message: object, chat: number = agentsChat): { readonly update_id: number; readonly message: object } {
    this.#lastUpdate += 1;
    this.#lastMessage += 1;
    const given = {
      message_id: this.#lastMessage,
      date: 1_700_000_000,
      from: { id: 1, is_bot: false, first_name: 'A' },
    };
    const where = { id: chat, type: chat < 0 ? 'supergroup' : 'private' };
    return { update_id: this.#lastUpdate, message: { ...given, chat: where, ...message } };
  }

  /** Somebody writes; whoever asks for news hears of it. */
  write(message: object, chat?: number): { readonly update_id: number; readonly message: object } {
    const update = this.update(message, chat);
    this.bring(update);
    return update;
  }

  bring(update: { readonly update_id: number }): void {
    this.#updates.push(update);
    this.#asking?.wake();
  }

  /** The message that was sent last, as an answer to it refers to it. */
  lastSent(): object {
    const { messageId, fields } = this.sent.at(-1) ?? {};
    return { message_id: messageId, from: { id: this.botId, is_bot: true }, text: fields?.text ?? fields?.caption };
  }

  /** A file that can be sent. */
  store(content: Buffer): string {
    const id = `file${this.files.size + 1}`;
    this.files.set(id, content);
    return id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#asking?.end({ code: 500 });
    await this.#server?.[Symbol.asyncDispose]();
  }

  async #answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [, first, ...rest] = url.pathname.split('/');
    if (first === 'file') return this.#sendFile(rest, response);
    const [method = ''] = rest;
    if (first !== `bot${this.token}`) return refuse(response, { code: 401, description: 'Unauthorized' });
    const call = { method, ...(await readCall(request)) };
    if (method === 'getUpdates') return this.#give(call, request, response);
    this.calls.push(call);
    const verdict = this.judge(call);
    if (verdict === 'cut') return void response.destroy();
    if (typeof verdict === 'object') return refuse(response, verdict);
    const result = this.#do(call);
    if (verdict === 'cut after') return void response.destroy();
    if (result === undefined) return refuse(response, { code: 400, description: 'Bad Request' });
    accept(response, result);
  }

  #do(call: TelegramCall): unknown {
    const { method, fields, file } = call;
    if (method === 'setWebhook') {
      this.webhook = fields;
      return true;
    }
    if (method === 'deleteWebhook') {
      this.webhook = undefined;
      return true;
    }
    if (method === 'getFile') {
      const id = String(fields.file_id);
      return this.files.has(id) ? { file_id: id, file_path: `photos/${id}` } : undefined;
    }
    const text = fields.text ?? fields.caption;
    const most = method === 'sendMessage' ? 4_096 : 1_024;
    const takes = method === 'sendMessage' ? !!text : /^send(Photo|Voice|Audio|Document)$/.test(method) && !!file;
    if (!takes || (typeof text === 'string' && text.length > most)) return undefined;
    this.#lastMessage += 1;
    this.sent.push({ ...call, messageId: this.#lastMessage });
    return { message_id: this.#lastMessage, date: 1_700_000_000, chat: { id: Number(fields.chat_id) }, text };
  }

  /** Holds the question until there is something, or its time is over; another ends the one before. */
  async #give({ fields }: TelegramCall, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const conflict = { code: 409, description: 'Conflict: terminated by other getUpdates request' };
    if (this.webhook)
      return refuse(response, { code: 409, description: "Conflict: can't use getUpdates while webhook" });
    if (this.#asking) this.conflicts += 1;
    this.#asking?.end(conflict);
    const done = Promise.withResolvers<Refusal | undefined>();
    const offset = Number(fields.offset ?? 0);
    this.#updates = this.#updates.filter(({ update_id }) => update_id >= offset);
    const asking = { wake: () => done.resolve(undefined), end: done.resolve };
    this.#asking = asking;
    request.socket.once('close', asking.wake);
    const timer = setTimeout(asking.wake, Number(fields.timeout ?? 0) * 1_000);
    if (this.#updates.length > 0) asking.wake();
    const refusal = await done.promise;
    clearTimeout(timer);
    request.socket.off('close', asking.wake);
    if (this.#asking === asking) this.#asking = undefined;
    if (refusal) return refuse(response, refusal);
    accept(response, this.#updates);
  }

  #sendFile([bot, ...path]: string[], response: ServerResponse): void {
    const content = this.files.get(path.at(-1) ?? '');
    if (bot === `bot${this.token}` && content) response.end(content);
    else refuse(response, { code: 404, description: 'Not Found' });
  }
}

const accept = (response: ServerResponse, result: unknown): void =>
  void response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, result }));

function refuse(response: ServerResponse, { code, description = 'Refused', parameters }: Refusal): void {
  const body = { ok: false, error_code: code, description, ...(parameters && { parameters }) };
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readCall(request: IncomingMessage): Promise<Pick<TelegramCall, 'fields' | 'file'>> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) {
    const body = await readAll(request);
    return { fields: body.length > 0 ? JSON.parse(body.toString()) : {} };
  }
  const fields: Record<string, unknown> = {};
  let file: Promise<TelegramCall['file']> | undefined;
  const form = new Busboy({ headers: { ...request.headers, 'content-type': type } });
  form.on('field', (name, value) => {
    fields[name] = value;
  });
  form.on('file', (_field, stream, name) => {
    file = readAll(stream).then((content) => ({ name, content }));
  });
  await pipeline(request, form);
  const found = await file;
  return { fields, ...(found && { file: found }) };
}
