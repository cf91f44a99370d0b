import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import type { Talk } from '../analyst/analyst.ts';
import { DreamMessage } from '../message/dream-message.ts';

/** How many of the author's other dreams the analyst may look at, and how many messages of this one. */
const most = { dreams: 30, messages: 200 } as const;

/** What was said about a dream: its first message, and the latest. What this system said is not for the analyst. */
export async function talkAbout({ reader }: Database, dreamId: string): Promise<Talk> {
  const where = { dreamId, role: In(['USER', 'ANALYST']) };
  const latest = await reader.find(DreamMessage, { where, order: { id: 'DESC' }, take: most.messages });
  const first =
    latest.length < most.messages ? [] : await reader.find(DreamMessage, { where, order: { id: 'ASC' }, take: 1 });
  const said = [...first, ...latest.reverse()].map(({ role, message }) => ({
    role: role === 'USER' ? ('USER' as const) : ('ANALYST' as const),
    message,
  }));
  return { said, earlier: () => earlierThan(reader, dreamId) };
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
