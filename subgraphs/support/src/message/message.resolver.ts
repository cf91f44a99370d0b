import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { forAgentsOnly } from '../access/agents.ts';
import { User } from '../references/user.ts';
import type { UploadLookup } from '../upload/upload.lookup.ts';
import { Upload } from '../upload/upload.ts';
import { SendSupportMessageInput, SendSupportMessagePayload } from './message.inputs.ts';
import type { MessageLookup } from './message.lookup.ts';
import { type SendingDependencies, sendMessage } from './message.send.ts';
import { SupportMessage } from './message.ts';

interface MessageParts extends SendingDependencies {
  readonly messages: MessageLookup;
  readonly uploads: UploadLookup;
}

@Resolver(() => SupportMessage)
export class MessageResolver {
  readonly #parts: MessageParts;

  constructor(parts: MessageParts) {
    this.#parts = parts;
  }

  @Mutation(() => SendSupportMessagePayload, {
    description:
      'Writes in a thread: an agent as such, anybody else as its visitor, which opens it again. NOT_FOUND (SupportThread); VALIDATION_FAILED (`text`, `fileUrl`, `nonce`); RATE_LIMITED for a visitor past 20 a minute.',
  })
  sendSupportMessage(
    @Arg('input', () => SendSupportMessageInput, { description: 'The message.' }) input: SendSupportMessageInput,
    @Ctx() context: Context,
  ): Promise<SendSupportMessagePayload> {
    return context.written(sendMessage(this.#parts, input, context));
  }

  @FieldResolver(() => Upload, { nullable: true, description: 'The picture or sound; null for a text.' })
  async upload(@Root() { uploadId }: SupportMessage, @Ctx() context: Context): Promise<Upload | null> {
    // Whoever has the message may have what it shows.
    return uploadId === null ? null : context.load(this.#parts.uploads.byId).load(uploadId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description:
      'The agent who wrote it; null for what a visitor wrote, and for answers out of Telegram. Only for agents, else FORBIDDEN (SupportMessage).',
  })
  async author(@Root() { id }: SupportMessage, @Ctx() context: Context): Promise<User | null> {
    forAgentsOnly(context, 'SupportMessage');
    const authorId = await context.load(this.#parts.messages.authors).load(id);
    return authorId === null ? null : new User(authorId);
  }
}
