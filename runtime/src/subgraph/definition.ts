import type { MigrationInterface } from 'typeorm';
import type { Tokens } from '../auth/tokens.ts';
import type { CommonSettings, Settings, Values } from '../config.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database/database.ts';
import type { Destination, EventLog } from '../events/log.ts';
import type { Logger } from '../logger.ts';
import type { Quota } from '../quota/quota.ts';
import type { SubgraphClient } from './client.ts';

/** A class, whatever its constructor takes. */
// biome-ignore lint/complexity/noBannedTypes: decorated classes are told apart by identity alone.
export type Class = Function;

/** What a subgraph is made of, known without starting anything: enough to print its schema. */
export interface SubgraphDefinition<Own extends Settings = Settings> {
  /** As in the supergraph, in `SUBGRAPH_<NAME>_URL` and in its database's name. */
  readonly name: string;
  /** What it reads beyond what every service does. */
  readonly settings?: Own;
  /** Classes with Type-GraphQL resolvers; `build` makes one instance of each. */
  readonly resolvers: readonly [Class, ...Class[]];
  /** Object types that no resolver's return type leads to. */
  readonly orphanedTypes?: readonly Class[];
  /** TypeORM entities. */
  readonly entities: readonly Class[];
  /** TypeORM migrations, oldest first. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Makes the services and resolvers by hand over what the subgraph is given. */
  build(environment: SubgraphEnvironment<Own>): SubgraphParts;
}

/** What every subgraph is given to stand on. */
export interface SubgraphEnvironment<Own extends Settings = Settings> {
  readonly settings: CommonSettings & Values<Own>;
  readonly database: Database;
  readonly log: EventLog;
  /** Where events go that no transaction emits; those of a transaction go there by themselves. */
  readonly destination: Destination;
  /** How often anybody may do a thing, counted over all processes. */
  readonly quota: Quota;
  readonly tokens: Tokens;
  readonly logger: Logger;
  /** Another subgraph, reached as a service; in this process or over HTTP. */
  readonly peer: (name: string) => SubgraphClient;
}

/** Finds an entity by the key fields of a representation; null where there is none. */
// biome-ignore lint/suspicious/noExplicitAny: each subgraph narrows the representation to its own key.
export type ReferenceResolver = (reference: any, context: Context) => Promise<object | null> | object | null;

export interface SubgraphParts {
  /** One instance of each class in `resolvers`. */
  readonly resolvers: readonly object[];
  /** GraphQL type name → how `_entities` finds one. */
  readonly references: Readonly<Record<string, ReferenceResolver>>;
  /** Listeners and jobs; called once the database and the log are open. */
  start?(): Promise<void>;
  close?(): Promise<void>;
}
