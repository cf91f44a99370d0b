import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A support thread, of which messaging knows that it is in somebody's inbox. */
@ObjectType({
  description:
    'A conversation of a visitor with the support agents. Its id is a capability: whoever knows it is the visitor, and may read and write.',
  simpleResolvers: true,
})
@Directive('@key(fields: "id", resolvable: false)')
export class SupportThread {
  @Field(() => ID, { description: 'A UUIDv4, to be kept as a secret is.' })
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}
