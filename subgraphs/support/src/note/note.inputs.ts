import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { SupportThread } from '../thread/thread.ts';
import { PrivateNote } from './note.ts';

@InputType({ description: 'A note about a thread.' })
export class AddPrivateNoteInput {
  @Field(() => ID, { description: 'The thread.' })
  threadId!: string;
  @Field(() => String, { description: 'The text, 1 to 4000 characters, not only white space.' })
  text!: string;
}

@ObjectType({ description: 'The outcome of `addPrivateNote`.', simpleResolvers: true })
export class AddPrivateNotePayload {
  @Field(() => PrivateNote, { description: 'The note.' })
  note!: PrivateNote;
  @Field(() => SupportThread, { description: 'The thread it is about.' })
  thread!: SupportThread;
}
