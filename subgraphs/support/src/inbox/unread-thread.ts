import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'A thread in which its visitor has something to read, for services.',
  simpleResolvers: true,
})
@Directive('@inaccessible')
export class UnreadThread {
  @Field(() => ID, { description: 'The thread.' })
  threadId!: string;
  @Field(() => ID, { description: 'Its newest message, a UUIDv7.' })
  lastMessageId!: string;
}
