import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import { Analysis } from './analysis.ts';

/** Finds analyses by the ids that their dreams have for them. */
export class AnalysisLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  readonly byId: Batch<string, Analysis | null> = async (ids) => {
    const analyses = await this.#database.reader.findBy(Analysis, { id: In([...ids]) });
    const found = new Map(analyses.map((analysis) => [analysis.id, analysis]));
    return ids.map((id) => found.get(id) ?? null);
  };
}
