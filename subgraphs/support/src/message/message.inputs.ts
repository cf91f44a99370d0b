import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { SupportThread } from '../thread/thread.ts';
import { SupportMessage, type SupportMessageType, SupportMessageTypes } from './message.ts';

@InputType({ description: 'A message to send in a support thread.' })
export class SendSupportMessageInput {
  @Field(() => ID, { description: 'Where to.' })
  threadId!: string;
  @Field(() => SupportMessageTypes, { defaultValue: 'TEXT', description: 'What it is.' })
  type!: SupportMessageType;
  @Field(() => String, {
    nullable: true,
    description: 'The text, 1 to 4000 characters, not only white space; of a picture or sound its caption, if any.',
  })
  text?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Of a picture or sound, the URL that uploading it gave; no other is taken.',
  })
  fileUrl?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "1 to 64 characters that tell this message from the sender's others in the thread: sent again with the same, the first message is given back.",
  })
  nonce?: string | null;
}

@ObjectType({ description: 'The outcome of `sendSupportMessage`.', simpleResolvers: true })
export class SendSupportMessagePayload {
  @Field(() => SupportMessage, { description: 'The message, or the first one of the same nonce.' })
  message!: SupportMessage;
  @Field(() => SupportThread, { description: 'The thread as it is now.' })
  thread!: SupportThread;
}
