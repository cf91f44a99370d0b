import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import type { Talk } from '../analyst/analyst.ts';
import { DreamMessage } from '../message/dream-message.ts';

/** How many of the author's other dreams the analyst may look at, and how many messages of this one. */
const most = { dreams: 30, messages: 200 } as const;

/**
 * What was said about a dream: its first message, and the latest. What this system said is not for the analyst.
 * Null where its author does not wait for an answer.
 */
export async function talkAbout(database: Database, dreamId: string): Promise<Talk | null> {
  // What the reader does not have yet may be the very message that is to be answered.
  const messages = await database.write((tx) => messagesOf(tx, dreamId));
  if (messages.at(-1)?.role !== 'USER') return null;
  const said = messages.map(({ role, message }) => ({
    role: role === 'USER' ? ('USER' as const) : ('ANALYST' as const),
    message,
  }));
  return { said, earlier: () => earlierThan(database.reader, dreamId) };
}

async function messagesOf({ manager }: Transaction, dreamId: string): Promise<DreamMessage[]> {
  const where = { dreamId, role: In(['USER', 'ANALYST']) };
  const latest = await manager.find(DreamMessage, { where, order: { id: 'DESC' }, take: most.messages });
  const first =
    latest.length < most.messages ? [] : await manager.find(DreamMessage, { where, order: { id: 'ASC' }, take: 1 });
  return [...first, ...latest.reverse()];
}

/** How the author's other dreams began, the newest first. */
async function earlierThan(reader: Database['reader'], dreamId: string): Promise<string[]> {
  const rows: { message: string }[] = await reader.query(
    `SELECT m.message AS message FROM dreams AS this
     JOIN dreams AS other ON other.author_id = this.author_id AND other.id < this.id
     JOIN dream_messages AS m ON m.id = (SELECT MIN(id) FROM dream_messages WHERE dream_id = other.id AND role = 'USER')
     WHERE this.id = ? ORDER BY other.id DESC LIMIT ${most.dreams}`,
    [dreamId],
  );
  return rows.map(({ message }) => message);
}
