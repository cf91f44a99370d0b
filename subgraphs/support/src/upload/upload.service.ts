import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { conflict, notFound } from '@kopru/runtime/errors.ts';
import type { CompleteUploadInput } from './upload.inputs.ts';
import { Upload, type UploadType } from './upload.ts';

/** How long an upload waits to be sent, in milliseconds. */
const day = 24 * 60 * 60 * 1000;

/** Makes a row for a file whose bytes are about to come. */
export async function reserveUpload({ manager }: Transaction, type: UploadType): Promise<Upload> {
  const now = new Date();
  const upload = Object.assign(new Upload(), {
    id: randomUUID(),
    type,
    state: 'RESERVED',
    contentType: null,
    size: null,
    url: null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + day),
  } as const);
  await manager.createQueryBuilder().insert().into(Upload).values(upload).updateEntity(false).execute();
  return upload;
}

/** Says what came; from here on it may be sent. @throws NOT_FOUND; CONFLICT where it was discarded, or completed as something else */
export async function completeUpload(
  { manager }: Transaction,
  { id, contentType, size, url }: CompleteUploadInput,
): Promise<Upload> {
  const stored = { contentType, size, url };
  const { affected } = await manager.update(Upload, { id, state: 'RESERVED' }, { ...stored, state: 'COMPLETED' });
  const upload = await manager.findOneBy(Upload, { id });
  if (!upload) throw notFound('Upload');
  // Asked again after an answer that was lost, it is what it was.
  if (affected === 0 && (upload.state !== 'COMPLETED' || upload.url !== url))
    throw conflict('This upload is over.', 'Upload');
  return upload;
}

/** Gives up an upload that no message has; its file goes soon after. Gives whether there was one. */
export async function discardUpload(database: Database, id: string): Promise<boolean> {
  return database.write(async ({ manager }) => {
    const { affected } = await manager
      .createQueryBuilder()
      .update(Upload)
      .set({ state: 'DISCARDED', expiresAt: new Date() })
      .where('id = :id AND expires_at IS NOT NULL', { id })
      .execute();
    return affected === 1;
  });
}
