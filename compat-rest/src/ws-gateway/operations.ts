import { type Dialect, dialects } from './opcodes.ts';
import type { Refusal, Subscriptions } from './session.subscriptions.ts';

/** What a client asks for once it is connected: `data` names a guild or a channel. */
export interface Operation {
  readonly on: readonly Dialect[];
  readonly key: 'guildId' | 'channelId';
  readonly run: (subscriptions: Subscriptions, id: string) => Promise<Refusal | undefined> | undefined;
}

/** The operations of the document that are about subscriptions, in its order, and those of the web client. */
const table: Readonly<Record<string, Operation>> = {
  GUILD_SUBSCRIBE: { on: dialects, key: 'guildId', run: (subscriptions, id) => subscriptions.addGuild(id) },
  GUILD_UNSUBSCRIBE: { on: dialects, key: 'guildId', run: (subscriptions, id) => subscriptions.removeGuild(id) },
  SUBSCRIBE: { on: ['/ws'], key: 'channelId', run: (subscriptions, id) => subscriptions.addChannel(id) },
  UNSUBSCRIBE: { on: ['/ws'], key: 'channelId', run: (subscriptions, id) => subscriptions.removeChannel(id) },
};

const byDialect = new Map(
  dialects.map((dialect) => [dialect, new Map(Object.entries(table).filter(([, { on }]) => on.includes(dialect)))]),
);

/** What clients of one dialect may ask for, by name. */
export const operations = (dialect: Dialect): ReadonlyMap<string, Operation> => byDialect.get(dialect) ?? new Map();
