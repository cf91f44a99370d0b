import type { Folder } from '@kopru/runtime/storage/content-types.ts';
import type { FileName, StoredFile } from '@kopru/runtime/storage/storage.ts';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';

/** A place that was made for a file. */
export interface Reservation {
  readonly id: string;
  readonly name: FileName;
}

const types = { images: 'IMAGE', audio: 'AUDIO' } as const satisfies Record<Folder, string>;

const createUpload = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { id name } }';
const completeUpload = 'mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { id } }';
const discardUpload = 'mutation ($id: ID!) { discardUpload(id: $id) }';

/** The support subgraph's book of uploads: a row is there before the first byte is stored, so no file is ever forgotten. */
export class UploadDesk {
  readonly #support: () => SubgraphClient;

  constructor(support: () => SubgraphClient) {
    this.#support = support;
  }

  /** @throws RATE_LIMITED for an address that has uploaded enough; UNAVAILABLE */
  async reserve(folder: Folder, address: string): Promise<Reservation> {
    const variables = { input: { type: types[folder], address } };
    const answer = await ask<{ createUpload: Reservation }>(this.#support(), createUpload, variables);
    return answer.createUpload;
  }

  /** From here on it may be sent. @throws UNAVAILABLE, CONFLICT */
  async complete({ id }: Reservation, { url, size }: StoredFile, contentType: string): Promise<void> {
    await ask(this.#support(), completeUpload, { input: { id, contentType, size, url } });
  }

  /** Its file goes, should there be one. @throws UNAVAILABLE */
  async discard({ id }: Reservation): Promise<void> {
    await ask(this.#support(), discardUpload, { id });
  }
}
