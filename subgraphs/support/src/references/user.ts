import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A person, of whom support knows the id and which threads they began. */
@ObjectType({ description: 'A person, by the one account that works in every dialect.', simpleResolvers: true })
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID, { description: 'A UUIDv7; it never changes.' })
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}
