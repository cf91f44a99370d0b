import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import { byPosition, Channel } from './channel.ts';

/** Reads channels, for whoever has found out that the reader may. */
export class ChannelService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By id, text and direct alike; null where there is none. */
  readonly byId: Batch<string, Channel | null> = async (ids) => {
    const channels = await this.#database.reader.findBy(Channel, { id: In([...ids]) });
    const found = new Map(channels.map((channel) => [channel.id, channel]));
    return ids.map((id) => found.get(id) ?? null);
  };

  /** All channels of each server, in their order. */
  readonly ofServer: Batch<string, Channel[]> = async (serverIds) => {
    const channels = await this.#database.reader.findBy(Channel, { serverId: In([...serverIds]) });
    const found = Map.groupBy(channels.sort(byPosition), ({ serverId }) => serverId);
    return serverIds.map((id) => found.get(id) ?? []);
  };
}
