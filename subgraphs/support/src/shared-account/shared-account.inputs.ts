import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { SupportThread } from '../thread/thread.ts';

@InputType({ description: 'What the agents of a thread may see of the account that began it.' })
export class ShareAccountInput {
  @Field(() => ID, { description: 'The thread.' })
  threadId!: string;
  @Field(() => Boolean, { defaultValue: false, description: 'The servers that the viewer is in.' })
  servers!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: 'How many credits the viewer has.' })
  credits!: boolean;
}

@ObjectType({ description: 'The outcome of `shareAccount`.', simpleResolvers: true })
export class ShareAccountPayload {
  @Field(() => SupportThread, { description: 'The thread, with what is shown now.' })
  thread!: SupportThread;
}
