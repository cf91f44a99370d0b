import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A person, as far as this subgraph knows: an id. */
@ObjectType({ description: 'A person with an account.' })
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID, { description: 'A UUID.' })
  readonly id!: string;
}

export const userOf = (id: string): User => Object.assign(new User(), { id });
