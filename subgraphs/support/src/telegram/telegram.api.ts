import type { Readable } from 'node:stream';
import { Api, GrammyError, HttpError, InputFile } from 'grammy';
import type { Update } from 'grammy/types';
import { request } from 'undici';
import type { TelegramSetup } from './settings.ts';

/** How long Telegram holds a request for news while there are none, in seconds; and how long any answer may take. */
const longPoll = 20;
const answerWithin = 30;

/**
 * Telegram does not do what it was asked. Says nothing of what that was: it may be a secret, as is the bot's token in every address.
 */
export class TelegramFailure extends Error {
  override readonly name = 'TelegramFailure';
  /** Of the Bot API; 0 where it was not reached. */
  readonly code: number;
  /** Seconds until it wants to be asked again. */
  readonly retryAfter: number | undefined;

  constructor(error: unknown) {
    const refused = error instanceof GrammyError ? error : undefined;
    super(refused ? `Telegram answers ${refused.error_code}: ${refused.description}` : reasonOf(error));
    this.code = refused?.error_code ?? 0;
    this.retryAfter = refused?.parameters.retry_after;
  }

  /** Whether the same would fail again. */
  get final(): boolean {
    return this.code === 400 || this.code === 403;
  }
}

/** Not its message, which has the address that was asked for. */
function reasonOf(error: unknown): string {
  const cause = error instanceof HttpError ? error.error : error;
  const { code, name } = cause as { code?: string; name?: string };
  return `Telegram cannot be reached: ${code ?? name ?? 'unknown'}`;
}

/** A file for Telegram, which chooses by `kind` how people see it. */
export interface OutgoingFile {
  readonly kind: 'photo' | 'voice' | 'audio' | 'document';
  readonly name: string;
  readonly body: Readable;
}

/** What we ask of the Bot API. Everything fails with TelegramFailure. */
export class TelegramApi {
  readonly #api: Api;
  readonly #setup: TelegramSetup;

  constructor(setup: TelegramSetup) {
    this.#setup = setup;
    this.#api = new Api(setup.token, { apiRoot: setup.apiRoot, timeoutSeconds: answerWithin });
  }

  /** The id of the message. Given up when `signal` fires. */
  async sendText(chatId: string, text: string, signal?: AbortSignal): Promise<number> {
    return this.#call(async (api) => (await api.sendMessage(chatId, text, {}, signal as never)).message_id);
  }

  /** The id of the message. */
  async sendFile(chatId: string, { kind, name, body }: OutgoingFile, caption: string | undefined): Promise<number> {
    const file = new InputFile(body, name);
    const more = caption === undefined ? {} : { caption };
    return this.#call(async (api) => {
      if (kind === 'photo') return (await api.sendPhoto(chatId, file, more)).message_id;
      if (kind === 'voice') return (await api.sendVoice(chatId, file, more)).message_id;
      if (kind === 'audio') return (await api.sendAudio(chatId, file, more)).message_id;
      return (await api.sendDocument(chatId, file, more)).message_id;
    });
  }

  /** What came from `offset` on; waits a while where nothing did. */
  async updates(offset: number | undefined, signal: AbortSignal): Promise<Update[]> {
    const question = { timeout: longPoll, allowed_updates: ['message'] as const };
    return this.#call((api) =>
      api.getUpdates({ ...question, ...(offset !== undefined && { offset }) }, signal as never),
    );
  }

  async setWebhook(url: string, secret: string): Promise<void> {
    await this.#call((api) => api.setWebhook(url, { secret_token: secret, allowed_updates: ['message'] }));
  }

  async deleteWebhook(): Promise<void> {
    await this.#call((api) => api.deleteWebhook());
  }

  /** The bytes of a file that somebody sent. */
  async download(fileId: string): Promise<Readable> {
    const { file_path: path = '' } = await this.#call((api) => api.getFile(fileId));
    const { token, apiRoot } = this.#setup;
    return this.#call(async () => {
      const { statusCode, body } = await request(`${apiRoot}/file/bot${token}/${path}`, {
        headersTimeout: answerWithin * 1_000,
        bodyTimeout: answerWithin * 1_000,
      });
      // To undici a body that is destroyed is an error; whoever reads it is told of those that matter.
      body.on('error', () => undefined);
      if (statusCode === 200) return body;
      body.destroy();
      throw Object.assign(new Error('No file.'), { code: String(statusCode) });
    });
  }

  async #call<T>(ask: (api: Api) => Promise<T>): Promise<T> {
    try {
      return await ask(this.#api);
    } catch (error) {
      throw new TelegramFailure(error);
    }
  }
}
