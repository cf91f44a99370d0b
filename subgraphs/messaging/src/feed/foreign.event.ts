import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'Something that a service outside announced on the message bus. Nobody has checked what it says.',
  simpleResolvers: true,
})
export class ForeignEvent {
  @Field(() => String, { description: 'What the service calls it, such as `message.create`.' })
  name!: string;
  @Field(() => String, { description: 'What it says: a JSON object, as text.' })
  data!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The channel whose readers it is for; null where it is for all of a server.',
  })
  forChannelId!: string | null;
}
