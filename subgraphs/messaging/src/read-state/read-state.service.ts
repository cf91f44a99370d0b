import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import { unreadLimit } from '@kopru/schema/limits.ts';
import { In } from 'typeorm';
import type { Access } from '../access/access.ts';
import { ChannelHead } from '../message/channel-head.ts';
import { byChannel, placeholders } from '../message/message.rows.ts';
import { Message } from '../message/message.ts';
import type { MarkReadInput } from './read-state.inputs.ts';
import { ReadState } from './read-state.ts';

/** SQLite takes 500 parts in one statement. */
const countsAtOnce = 100;

/** How far each reader is in each channel. */
export class ReadStates {
  readonly #database: Database;
  readonly #access: Access;

  constructor(database: Database, access: Access) {
    this.#database = database;
    this.#access = access;
  }

  /** Moves the viewer's place forward, never back. @throws NOT_FOUND (Channel, Message), FORBIDDEN */
  async markRead({ channelId, messageId }: MarkReadInput, context: Context): Promise<void> {
    const { userId } = await this.#access.ofViewer(channelId, context);
    await this.#database.write(async (tx) => {
      const lastReadMessageId = await placeIn(tx, channelId, messageId ?? null);
      if (lastReadMessageId !== null && (await advance(tx, { userId, channelId, lastReadId: lastReadMessageId })))
        tx.emit(events.readStateChanged({ userId, channelId, lastReadMessageId }));
    });
  }

  /** The viewer's place in each channel; null where they have read nothing yet. */
  readonly lastRead: Batch<string, string | null> = async (channelIds, { viewer: { userId } }) => {
    const states = await this.#database.reader.findBy(ReadState, { userId, channelId: In([...channelIds]) });
    const found = new Map(states.map(({ channelId, lastReadId }) => [channelId, lastReadId]));
    return channelIds.map((id) => found.get(id) ?? null);
  };

  /** How many messages of others follow the viewer's place, for channels that the viewer may read. */
  readonly unread: Batch<string, number> = async (channelIds, { viewer: { userId } }) => {
    const { reader } = this.#database;
    const places: { channelId: string; lastReadId: string | null }[] = await reader.query(
      `SELECT head.channel_id AS channelId, state.last_read_id AS lastReadId
       FROM channel_heads AS head
       LEFT JOIN read_states AS state ON state.channel_id = head.channel_id AND state.user_id = ?
       WHERE head.channel_id IN (${placeholders(channelIds)})
         AND (state.last_read_id IS NULL OR state.last_read_id < head.last_message_id)`,
      [userId, ...channelIds],
    );
    const counts = new Map<string, number>();
    for (let start = 0; start < places.length; start += countsAtOnce) {
      const part = places.slice(start, start + countsAtOnce);
      const counted: { channelId: string; unread: number | string }[] = await reader.query(
        part.map(() => countIn(byChannel(reader))).join(' UNION ALL '),
        part.flatMap(({ channelId, lastReadId }) => [channelId, channelId, lastReadId ?? '', userId, unreadLimit]),
      );
      for (const { channelId, unread } of counted) counts.set(channelId, Number(unread));
    }
    return channelIds.map((id) => counts.get(id) ?? 0);
  };
}

/** Stops at the limit, so a channel that was never opened costs no more than one that is nearly read. */
const countIn = (messages: string): string => `SELECT ? AS channelId, COUNT(*) AS unread FROM (
  SELECT 1 AS found FROM ${messages} WHERE channel_id = ? AND deleted = 0 AND id > ? AND author_id <> ? LIMIT ?
) AS counted`;

/** Whoever writes has read what is before; the others of their sessions hear of it where that was news. */
export async function readOwn(
  tx: Transaction,
  { id, channelId, authorId: userId }: Message,
  before: string | null,
): Promise<void> {
  const known = await tx.manager.findOneBy(ReadState, { userId, channelId });
  await tx.manager
    .createQueryBuilder()
    .insert()
    .into(ReadState)
    .values({ userId, channelId, lastReadId: id })
    .orUpdate(['last_read_id'], ['user_id', 'channel_id'])
    .updateEntity(false)
    .execute();
  if (before !== null && (known?.lastReadId ?? '') < before)
    tx.emit(events.readStateChanged({ userId, channelId, lastReadMessageId: id }));
}

/** The message itself, also where it was deleted since; the newest where none is named. */
async function placeIn({ manager }: Transaction, channelId: string, messageId: string | null): Promise<string | null> {
  if (messageId === null) return (await manager.findOneBy(ChannelHead, { channelId }))?.lastMessageId ?? null;
  if (!(await manager.existsBy(Message, { id: messageId, channelId }))) throw notFound('Message');
  return messageId;
}

/** Whether the place moved. */
async function advance({ manager }: Transaction, place: ReadState): Promise<boolean> {
  const { userId, channelId, lastReadId } = place;
  const move = async (): Promise<boolean> => {
    const { affected } = await manager
      .createQueryBuilder()
      .update(ReadState)
      .set({ lastReadId })
      .where('user_id = :userId AND channel_id = :channelId AND last_read_id < :lastReadId', place)
      .execute();
    return affected === 1;
  };
  if (await move()) return true;
  const beginning = { userId, channelId, lastReadId: '' };
  await manager
    .createQueryBuilder()
    .insert()
    .into(ReadState)
    .values(beginning)
    .orIgnore()
    .updateEntity(false)
    .execute();
  return move();
}
