import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A person, as far as this subgraph knows: an id. */
@ObjectType({ description: 'A person, by the one account that works in every dialect.' })
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID, { description: 'A UUIDv7; it never changes.' })
  readonly id!: string;
}

export const userOf = (id: string): User => Object.assign(new User(), { id });
