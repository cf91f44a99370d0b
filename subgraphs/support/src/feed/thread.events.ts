import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SupportMessage, type SupportSender, SupportSenders } from '../message/message.ts';
import { PrivateNote } from '../note/note.ts';
import { SupportThread } from '../thread/thread.ts';

const threadId = { description: 'The thread.' };

@ObjectType({ description: 'A visitor began a thread.', simpleResolvers: true })
export class SupportThreadStarted {
  @Field(() => ID, threadId)
  threadId!: string;
  @Field(() => SupportThread, { description: 'The thread.' })
  thread!: SupportThread;
}

@ObjectType({ description: 'One side of a thread wrote.', simpleResolvers: true })
export class SupportMessageCreated {
  @Field(() => ID, threadId)
  threadId!: string;
  @Field(() => SupportMessage, { description: 'The message.' })
  message!: SupportMessage;
  @Field(() => SupportThread, { description: 'The thread as it was right after.' })
  thread!: SupportThread;
}

@ObjectType({
  description: 'The status of a thread changed, or who it is assigned to, or how far a side has read.',
  simpleResolvers: true,
})
export class SupportThreadUpdated {
  @Field(() => ID, threadId)
  threadId!: string;
  @Field(() => SupportThread, { description: 'The thread as it is now.' })
  thread!: SupportThread;
}

@ObjectType({ description: 'The messages of a thread are gone; it may go on.', simpleResolvers: true })
export class SupportThreadCleared {
  @Field(() => ID, threadId)
  threadId!: string;
}

@ObjectType({
  description: 'One side of a thread is typing; for a few seconds, nothing says when it ends.',
  simpleResolvers: true,
})
export class SupportTypingStarted {
  @Field(() => ID, threadId)
  threadId!: string;
  @Field(() => SupportSenders, { description: 'Which side.' })
  sender!: SupportSender;
}

@ObjectType({
  description: 'The visitor of a thread is there, and counts as online for 2 minutes.',
  simpleResolvers: true,
})
export class VisitorOnline {
  @Field(() => ID, threadId)
  threadId!: string;
  @Field(() => Date, { description: 'When they said so.' })
  at!: Date;
}

@ObjectType({
  description: "A visitor's message is in its thread, but could not be brought to the agents where they are.",
  simpleResolvers: true,
})
export class SupportDeliveryFailed {
  @Field(() => ID, threadId)
  threadId!: string;
  @Field(() => ID, { description: 'The message.' })
  messageId!: string;
}

@ObjectType({ description: 'An agent noted something about a thread.', simpleResolvers: true })
export class PrivateNoteAdded {
  @Field(() => ID, threadId)
  threadId!: string;
  @Field(() => PrivateNote, { description: 'The note.' })
  note!: PrivateNote;
}

@ObjectType({ description: 'All threads are gone.', simpleResolvers: true })
export class AllThreadsCleared {
  @Field(() => Int, { description: 'How many there were.' })
  count!: number;
}
