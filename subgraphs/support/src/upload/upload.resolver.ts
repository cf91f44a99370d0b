import { networkOf } from '@kopru/runtime/client.ts';
import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import { type Allowance, type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql';
import { servicesOnly } from '../access/services.ts';
import { CompleteUploadInput, CreateUploadInput, CreateUploadPayload } from './upload.inputs.ts';
import { completeUpload, discardUpload, reserveUpload } from './upload.service.ts';
import type { UploadSweep } from './upload.sweep.ts';
import { nameOf, Upload, type UploadType } from './upload.ts';

interface UploadParts {
  readonly database: Database;
  readonly quota: Quota;
  readonly sweep: UploadSweep;
}

/** How many uploads may come from one address. */
const uploadsOfAddress: Readonly<Record<UploadType, Allowance>> = {
  IMAGE: { limit: 5, windowSeconds: 5 * 60 },
  AUDIO: { limit: 3, windowSeconds: 5 * 60 },
};

/** What the front that takes the bytes asks; they never pass through the graph. */
@Resolver()
export class UploadResolver {
  readonly #parts: UploadParts;

  constructor(parts: UploadParts) {
    this.#parts = parts;
  }

  @Mutation(() => CreateUploadPayload, {
    description:
      'For services: makes a place for a file, which goes after a day unless it was sent by then. RATE_LIMITED past 5 pictures or 3 sounds in 5 minutes from one address; VALIDATION_FAILED (`type`).',
  })
  @Directive('@inaccessible')
  async createUpload(
    @Arg('input', () => CreateUploadInput, { description: 'The file.' }) { type, address }: CreateUploadInput,
    @Ctx() context: Context,
  ): Promise<CreateUploadPayload> {
    servicesOnly(context, 'Upload');
    if (type === 'TEXT') throw validationFailed({ type: ['IMAGE or AUDIO.'] });
    await spend(this.#parts.quota, `support-uploads ${type} ${networkOf(address)}`, uploadsOfAddress[type]);
    const upload = await this.#parts.database.write((tx) => reserveUpload(tx, type));
    return { id: upload.id, name: nameOf(upload) };
  }

  @Mutation(() => Upload, {
    description:
      'For services: the file is stored, and may be sent from here on. Asked again, the answer is the same. NOT_FOUND, CONFLICT (Upload) where it was discarded meanwhile.',
  })
  @Directive('@inaccessible')
  async completeUpload(
    @Arg('input', () => CompleteUploadInput, { description: 'What became of it.' }) input: CompleteUploadInput,
    @Ctx() context: Context,
  ): Promise<Upload> {
    servicesOnly(context, 'Upload');
    return this.#parts.database.write((tx) => completeUpload(tx, input));
  }

  @Mutation(() => Boolean, {
    description: 'For services: gives up an upload that was not sent. Whether there was one; its file goes with it.',
  })
  @Directive('@inaccessible')
  async discardUpload(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    servicesOnly(context, 'Upload');
    const discarded = await discardUpload(this.#parts.database, id);
    if (discarded) this.#parts.sweep.soon();
    return discarded;
  }
}
