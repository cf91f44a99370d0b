import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { SupportThread } from '../thread/thread.ts';

@InputType({ description: 'A visitor who is there.' })
export class VisitorHeartbeatInput {
  @Field(() => ID, { description: 'Their thread.' })
  threadId!: string;
}

@ObjectType({ description: 'The outcome of `visitorHeartbeat`.', simpleResolvers: true })
export class VisitorHeartbeatPayload {
  @Field(() => SupportThread, { description: 'The thread, whose visitor is online.' })
  thread!: SupportThread;
}

@InputType({ description: 'Where somebody types.' })
export class StartSupportTypingInput {
  @Field(() => ID, { description: 'The thread.' })
  threadId!: string;
}

@ObjectType({ description: 'The outcome of `startSupportTyping`.', simpleResolvers: true })
export class StartSupportTypingPayload {
  @Field(() => SupportThread, { description: 'The thread.' })
  thread!: SupportThread;
}
