import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { SupportThread } from '../thread/thread.ts';

@InputType({ description: 'A message to show the support agents.' })
export class EscalateMessageInput {
  @Field(() => ID, { description: 'A message of a channel that the viewer may read.' })
  messageId!: string;
}

@ObjectType({ description: 'The outcome of `escalateMessage`.', simpleResolvers: true })
export class EscalateMessagePayload {
  @Field(() => SupportThread, { description: 'The thread; the same one for the same message.' })
  thread!: SupportThread;
}

@InputType({ description: 'A dream to show the support agents.' })
export class EscalateDreamInput {
  @Field(() => ID, { description: 'One of the viewer’s dreams.' })
  dreamId!: string;
}

@ObjectType({ description: 'The outcome of `escalateDream`.', simpleResolvers: true })
export class EscalateDreamPayload {
  @Field(() => SupportThread, { description: 'The thread; the same one for the same dream.' })
  thread!: SupportThread;
}
