import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AnalysisDependencies } from '../analysis/analysis.request.ts';
import { SendDreamMessageInput, SendDreamMessagePayload } from './dream-message.inputs.ts';
import { sendDreamMessage } from './dream-message.send.ts';

@Resolver()
export class DreamMessageResolver {
  readonly #parts: AnalysisDependencies;

  constructor(parts: AnalysisDependencies) {
    this.#parts = parts;
  }

  @Mutation(() => SendDreamMessagePayload, {
    description:
      "Says something about a dream of the viewer's, and has the analyst answer. It costs nothing. NOT_FOUND; VALIDATION_FAILED (`message`, `nonce`); CONFLICT (Analysis) while an answer is being written.",
  })
  sendDreamMessage(
    @Arg('input', () => SendDreamMessageInput, { description: 'The message.' }) input: SendDreamMessageInput,
    @Ctx() context: Context,
  ): Promise<SendDreamMessagePayload> {
    return context.written(sendDreamMessage(this.#parts, input, context));
  }
}
