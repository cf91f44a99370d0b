import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import { Upload } from './upload.ts';

/** Finds completed uploads by their ids, which whoever knows them may read. */
export class UploadLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  readonly byId: Batch<string, Upload | null> = async (ids) => {
    const uploads = await this.#database.reader.findBy(Upload, { id: In([...ids]), state: 'COMPLETED' });
    const found = new Map(uploads.map((upload) => [upload.id, upload]));
    return ids.map((id) => found.get(id) ?? null);
  };
}
