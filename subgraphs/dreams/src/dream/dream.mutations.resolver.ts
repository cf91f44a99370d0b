import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { deleteDream, updateDream } from './dream.change.ts';
import { type CreatingDependencies, createDream } from './dream.create.ts';
import {
  CreateDreamInput,
  CreateDreamPayload,
  DeleteDreamInput,
  DeleteDreamPayload,
  UpdateDreamInput,
  UpdateDreamPayload,
} from './dream.inputs.ts';

@Resolver()
export class DreamMutations {
  readonly #parts: CreatingDependencies;

  constructor(parts: CreatingDependencies) {
    this.#parts = parts;
  }

  @Mutation(() => CreateDreamPayload, {
    description:
      'Makes a dream and sets one credit aside for it, which is spent when its first analysis completes. VALIDATION_FAILED (`title`, `description`, `message`, `nonce`); INSUFFICIENT_CREDIT. Either way nothing is written.',
  })
  async createDream(
    @Arg('input', () => CreateDreamInput, { description: 'The dream.' }) input: CreateDreamInput,
    @Ctx() context: Context,
  ): Promise<CreateDreamPayload> {
    return { dream: await context.written(createDream(this.#parts, input, context)) };
  }

  @Mutation(() => UpdateDreamPayload, {
    description: "Changes a dream of the viewer's. NOT_FOUND, VALIDATION_FAILED (`title`, `description`).",
  })
  async updateDream(
    @Arg('input', () => UpdateDreamInput, { description: 'The change.' }) input: UpdateDreamInput,
    @Ctx() context: Context,
  ): Promise<UpdateDreamPayload> {
    return { dream: await context.written(updateDream(this.#parts, input, context)) };
  }

  @Mutation(() => DeleteDreamPayload, {
    description:
      "Deletes a dream of the viewer's for good, with all that was said about it. Its credit comes back where no analysis of it was completed. NOT_FOUND.",
  })
  async deleteDream(
    @Arg('input', () => DeleteDreamInput, { description: 'The dream.' }) { dreamId }: DeleteDreamInput,
    @Ctx() context: Context,
  ): Promise<DeleteDreamPayload> {
    return { dreamId: await context.written(deleteDream(this.#parts, dreamId, context)) };
  }
}
