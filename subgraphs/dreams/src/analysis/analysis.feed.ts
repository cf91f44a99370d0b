import type { Database } from '@kopru/runtime/database/database.ts';
import type { Position } from '@kopru/runtime/events/event.ts';
import type { EventLog } from '@kopru/runtime/events/log.ts';
import type { Grant } from '@kopru/runtime/subgraph/client.ts';
import { topic } from '@kopru/schema/events.ts';
import type { Dream } from '../dream/dream.ts';
import { analysisEventTypes } from './analysis.events.ts';
import { Analysis } from './analysis.ts';

/** What a dream's author hears of its analyses. */
export class AnalysisFeed {
  readonly #database: Database;
  readonly #log: EventLog;

  constructor(database: Database, log: EventLog) {
    this.#database = database;
    this.#log = log;
  }

  /** The place in the log from which on nothing is missed of what is read after this. @throws UNAVAILABLE */
  now(): Promise<Position> {
    return this.#log.position();
  }

  /** From `now` on, or from where the answer began that is being written. Whoever calls has made sure that the author asks. */
  async grant({ id, analysisId }: Dream, now: Position): Promise<Grant> {
    const running =
      analysisId === null
        ? null
        : await this.#database.reader.findOneBy(Analysis, { id: analysisId, status: 'RUNNING' });
    return {
      topics: [topic.dream(id)],
      types: analysisEventTypes,
      recheckOn: [topic.accessToDream(id)],
      after: running?.logPosition ?? now,
    };
  }
}
