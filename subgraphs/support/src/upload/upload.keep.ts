import type { Transaction } from '@kopru/runtime/database/database.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import { Upload, type UploadType } from './upload.ts';

/** The upload of this kind that is at a URL, which from here on stays for as long as a message has it. @throws VALIDATION_FAILED */
export async function keepUpload(tx: Transaction, url: string, type: UploadType): Promise<Upload> {
  const upload = await lockedRow(tx, Upload, { url, type, state: 'COMPLETED' });
  if (!upload) throw validationFailed({ fileUrl: ['Nothing of this kind was uploaded there.'] });
  if (upload.expiresAt !== null) await tx.manager.update(Upload, { id: upload.id }, { expiresAt: null });
  return Object.assign(upload, { expiresAt: null });
}
