import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A server, of which messaging knows the id. */
@ObjectType({
  description: 'A community of members, with channels and roles. Only its members may read it.',
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class Server {
  @Field(() => ID, { description: 'A UUID.' })
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}
