import type { Graph } from '@kopru/router/graph/graph.ts';
import { GuildReaders } from '@kopru/schema/operations/ws-gateway.ts';
import DataLoader from 'dataloader';
import { asService, runAs } from '../operation.ts';

/** The channels of a guild that somebody may read. */
export type Reading = ReadonlySet<string>;

/** How many people are asked about in one request. */
const largestBatch = 500;
/** How many different readings of one guild are shared; usually there are two, of those who see its channels and those who do not. */
const keptReadings = 16;

/** Asks who is a member of a guild and what each may read there; always anew, and for many people at once. */
export class Readers {
  readonly #graph: Graph;
  readonly #guildId: string;
  readonly #readings: Reading[] = [];
  readonly #loader: DataLoader<string, Reading | null>;

  constructor(graph: Graph, guildId: string) {
    this.#graph = graph;
    this.#guildId = guildId;
    this.#loader = new DataLoader((userIds) => this.#ask(userIds), {
      cache: false,
      maxBatchSize: largestBatch,
      batchScheduleFn: (dispatch) => setImmediate(dispatch),
    });
  }

  /** null for who is no member. @throws UNAVAILABLE */
  of(userId: string): Promise<Reading | null> {
    return this.#loader.load(userId);
  }

  async #ask(userIds: readonly string[]): Promise<(Reading | null)[]> {
    const run = runAs(this.#graph, asService());
    const { serverReaders } = await run(GuildReaders, { guildId: this.#guildId, userIds });
    const found = new Map<string, Reading>();
    for (const group of serverReaders) {
      const reading = this.#shared(group.channelIds);
      for (const userId of group.userIds) found.set(userId, reading);
    }
    return userIds.map((userId) => found.get(userId) ?? null);
  }

  /** One set for all who may read the same. */
  #shared(channelIds: readonly string[]): Reading {
    const known = this.#readings.find(
      (reading) => reading.size === channelIds.length && channelIds.every((id) => reading.has(id)),
    );
    if (known) return known;
    const reading = new Set(channelIds);
    this.#readings.push(reading);
    if (this.#readings.length > keptReadings) this.#readings.shift();
    return reading;
  }
}
