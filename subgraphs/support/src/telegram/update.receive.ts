import type { Database } from '@kopru/runtime/database/database.ts';
import { insertIfAbsent } from '@kopru/runtime/database/insert-if-absent.ts';
import type { IncomingMessage } from './incoming.ts';
import { TelegramUpdate } from './rows.ts';

/** Stores a message that Telegram brought; one that came before, by this update or another, is not stored again. */
export async function receiveMessage(
  database: Database,
  { updateId, chatId, messageId, content }: IncomingMessage,
): Promise<void> {
  const now = new Date();
  const row = { id: updateId, chatId, messageId, body: JSON.stringify(content), tries: 0, dueAt: now, receivedAt: now };
  await database.write(({ manager }) => insertIfAbsent(manager, TelegramUpdate, row));
}
