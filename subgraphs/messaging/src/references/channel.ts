import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A channel, of which messaging knows the id and what was written there. */
@ObjectType({
  description: 'A place for messages: of a server, or between two people. Only who may read its messages may read it.',
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class Channel {
  @Field(() => ID, { description: 'A UUID.' })
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}
