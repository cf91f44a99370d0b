import { createHash, timingSafeEqual } from 'node:crypto';
import type { Database } from '@kopru/runtime/database/database.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Quota } from '@kopru/runtime/quota/quota.ts';
import type { Storage } from '@kopru/runtime/storage/storage.ts';
import { sendNext } from './delivery.send.ts';
import { messageIn } from './incoming.ts';
import type { TelegramSetup } from './settings.ts';
import { TelegramApi } from './telegram.api.ts';
import { TelegramOutlet } from './telegram.outlet.ts';
import { Poller } from './update.poll.ts';
import { receiveMessage } from './update.receive.ts';
import { forgetOld, takeNext } from './update.take.ts';
import { Worker } from './worker.ts';

/** How long the transaction that something was stored in may take to end, in milliseconds; where it takes longer, work is found a little later. */
const soon = 50;
const announceEvery = 10_000;
const hour = 60 * 60_000;

export interface TelegramParts {
  readonly database: Database;
  readonly storage: () => Storage;
  readonly quota: Quota;
  readonly logger: Logger;
}

/** The way to the agents' chat and back. */
export class Telegram {
  readonly outlet: TelegramOutlet;
  readonly #setup: TelegramSetup;
  readonly #database: Database;
  readonly #api: TelegramApi;
  readonly #sender: Worker;
  readonly #taker: Worker;
  readonly #webhook: Worker;
  readonly #poller: Poller;
  readonly #forgetter: Worker;
  #announced = false;

  constructor(setup: TelegramSetup, parts: TelegramParts) {
    const { database, logger } = parts;
    const { agentsChat, botId } = setup;
    this.#setup = setup;
    this.#database = database;
    this.#api = new TelegramApi(setup);
    const shared = { ...parts, api: this.#api, agentsChat, botId };
    this.#sender = new Worker(() => sendNext(shared), 'send to Telegram', logger);
    this.outlet = new TelegramOutlet({ ...shared, wake: () => wakeSoon(this.#sender) });
    const taking = { ...shared, outlet: this.outlet };
    this.#taker = new Worker(() => takeNext(taking), 'take what Telegram brought', logger);
    this.#poller = new Poller({ ...shared, wake: () => this.#taker.soon() });
    this.#webhook = new Worker(() => this.#announce(), 'tell Telegram where to bring its news', logger, announceEvery);
    this.#forgetter = new Worker(() => forgetOld(database), 'forget what Telegram brought long ago', logger, hour);
  }

  start(): void {
    this.#sender.start();
    this.#taker.start();
    if (this.#setup.webhook) this.#webhook.start();
    else this.#poller.start();
    this.#forgetter.start();
  }

  async close(): Promise<void> {
    await Promise.all([this.#poller.close(), this.#webhook.close(), this.#forgetter.close()]);
    await Promise.all([this.#taker.close(), this.#sender.close()]);
  }

  /** Takes an update of the webhook; false where whoever brings it does not know the secret. @throws VALIDATION_FAILED (`update`) */
  async receive(update: string, secret: string): Promise<boolean> {
    const { webhook } = this.#setup;
    if (!webhook || !timingSafeEqual(digest(secret), digest(webhook.secret))) return false;
    const message = messageIn(parsed(update), this.#setup);
    if (message) await receiveMessage(this.#database, message);
    if (message) this.#taker.soon();
    return true;
  }

  /** Once is enough. */
  async #announce(): Promise<boolean> {
    const { webhook } = this.#setup;
    if (webhook && !this.#announced) await this.#api.setWebhook(webhook.url, webhook.secret);
    this.#announced = true;
    return false;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function parsed(update: string): unknown {
  try {
    return JSON.parse(update);
  } catch {
    throw validationFailed({ update: ['Not JSON.'] });
  }
}

const wakeSoon = (worker: Worker): void => void setTimeout(() => worker.soon(), soon).unref();
