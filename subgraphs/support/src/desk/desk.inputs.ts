import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { SupportThread, type SupportThreadStatus, SupportThreadStatuses } from '../thread/thread.ts';

@InputType({ description: 'Who takes care of a thread.' })
export class AssignThreadInput {
  @Field(() => ID, { description: 'The thread.' })
  threadId!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The account that takes care of it; nobody where it is null or absent.',
  })
  assigneeId?: string | null;
}

@ObjectType({ description: 'The outcome of `assignThread`.', simpleResolvers: true })
export class AssignThreadPayload {
  @Field(() => SupportThread, { description: 'The thread as it is now.' })
  thread!: SupportThread;
}

@InputType({ description: 'How far a thread is.' })
export class SetThreadStatusInput {
  @Field(() => ID, { description: 'The thread.' })
  threadId!: string;
  @Field(() => SupportThreadStatuses, { description: 'How far it is.' })
  status!: SupportThreadStatus;
}

@ObjectType({ description: 'The outcome of `setThreadStatus`.', simpleResolvers: true })
export class SetThreadStatusPayload {
  @Field(() => SupportThread, { description: 'The thread as it is now.' })
  thread!: SupportThread;
}

@InputType({ description: 'A thread whose messages go.' })
export class ClearThreadInput {
  @Field(() => ID, { description: 'The thread.' })
  threadId!: string;
}

@ObjectType({ description: 'The outcome of `clearThread`.', simpleResolvers: true })
export class ClearThreadPayload {
  @Field(() => SupportThread, { description: 'The thread, which is empty now.' })
  thread!: SupportThread;
}

@ObjectType({ description: 'The outcome of `clearAllThreads`.', simpleResolvers: true })
export class ClearAllThreadsPayload {
  @Field(() => Int, { description: 'How many threads there were.' })
  count!: number;
}
