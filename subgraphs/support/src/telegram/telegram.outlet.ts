import { setTimeout as wait } from 'node:timers/promises';
import type { Transaction } from '@kopru/runtime/database/database.ts';
import { unavailable } from '@kopru/runtime/errors.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { SupportMessage } from '../message/message.ts';
import type { Outlet } from '../outlet/outlet.ts';
import type { SupportThread } from '../thread/thread.ts';
import { deliverToAgents, deliverToVisitor } from './delivery.ts';
import { TelegramChat, TelegramDelivery, TelegramLink } from './rows.ts';
import { type TelegramApi, TelegramFailure } from './telegram.api.ts';
import { codeText } from './texts.ts';

/** Somebody waits for a code, so the tries for it lie close together; in milliseconds. */
const waits = [500, 1_500] as const;
/** How long each may take, and all of them together, so that they are over before whoever asked gives up; in milliseconds. */
const codeWithin = 2_500;
const allWithin = 9_000;

export interface TelegramOutletParts {
  readonly api: TelegramApi;
  readonly agentsChat: string;
  readonly logger: Logger;
  /** There may be something to send once the transaction that runs has ended. */
  readonly wake: () => void;
}

/** Agents in Telegram. */
export class TelegramOutlet implements Outlet {
  readonly #parts: TelegramOutletParts;

  constructor(parts: TelegramOutletParts) {
    this.#parts = parts;
  }

  async visitorWrote(tx: Transaction, message: SupportMessage, thread: SupportThread): Promise<void> {
    await deliverToAgents(tx, this.#parts.agentsChat, message, thread);
    this.#parts.wake();
  }

  async agentWrote(tx: Transaction, message: SupportMessage, { id, origin }: SupportThread): Promise<void> {
    if (origin !== 'TELEGRAM') return;
    const chat = await tx.manager.findOneBy(TelegramChat, { threadId: id });
    // Agents see their own answers in their chat.
    if (!chat || chat.chatId === this.#parts.agentsChat) return;
    await deliverToVisitor(tx, chat.chatId, message);
    this.#parts.wake();
  }

  async allCleared({ manager }: Transaction): Promise<void> {
    for (const rows of [TelegramDelivery, TelegramLink, TelegramChat])
      await manager.createQueryBuilder().delete().from(rows).execute();
  }

  async deliverAgentCode(code: string): Promise<boolean> {
    const { api, agentsChat, logger } = this.#parts;
    const end = Date.now() + allWithin;
    for (let tries = 0; ; tries++) {
      try {
        await api.sendText(agentsChat, codeText(code), AbortSignal.timeout(codeWithin));
        return true;
      } catch (error) {
        const { final = false, retryAfter = 0 } = error instanceof TelegramFailure ? error : {};
        const pause = Math.max(waits[tries] ?? Number.POSITIVE_INFINITY, retryAfter * 1_000);
        // A code that comes after its asker has gone is a code that somebody else may find.
        if (final || Date.now() + pause + codeWithin > end) {
          logger.warn({ err: error }, 'a code could not be sent to Telegram');
          throw unavailable('The agents cannot be reached in Telegram.');
        }
        await wait(pause);
      }
    }
  }
}
