import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { SupportThread } from './thread.ts';

@InputType({ description: 'A visitor who asks for help.' })
export class StartSupportThreadInput {
  @Field(() => String, { description: 'What they want to be called: 1 to 80 characters on one line.' })
  displayName!: string;
}

@ObjectType({ description: 'The outcome of `startSupportThread`.', simpleResolvers: true })
export class StartSupportThreadPayload {
  @Field(() => SupportThread, { description: 'The thread. Keep its id: with it the visitor comes back.' })
  thread!: SupportThread;
}

@InputType({ description: 'How far a side has read.' })
export class MarkThreadSeenInput {
  @Field(() => ID, { description: 'The thread.' })
  threadId!: string;
  @Field(() => ID, { description: 'The last message that was seen.' })
  messageId!: string;
}

@ObjectType({ description: 'The outcome of `markThreadSeen`.', simpleResolvers: true })
export class MarkThreadSeenPayload {
  @Field(() => SupportThread, { description: 'The thread, with what is unread now.' })
  thread!: SupportThread;
}

@InputType({ description: 'A visitor who comes back.' })
export class ResumeSupportThreadInput {
  @Field(() => ID, { description: 'The thread that they began.' })
  threadId!: string;
}

@ObjectType({ description: 'The outcome of `resumeSupportThread`.', simpleResolvers: true })
export class ResumeSupportThreadPayload {
  @Field(() => SupportThread, { description: 'The thread as it is now.' })
  thread!: SupportThread;
}
