import { Directive, Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'Which part of a list by the ids of the newest messages, greatest first.' })
@Directive('@inaccessible')
export class UnreadThreadsInput {
  @Field(() => ID, { description: 'The account that began the threads.' })
  userId!: string;
  @Field(() => ID, { nullable: true, description: 'Only those whose newest message is smaller.' })
  after?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only those whose newest message is greater.' })
  before?: string | null;
  @Field(() => Int, { description: 'How many at most.' })
  limit!: number;
  @Field(() => Boolean, { description: 'Counting from the end, the smallest first.' })
  backward!: boolean;
}
