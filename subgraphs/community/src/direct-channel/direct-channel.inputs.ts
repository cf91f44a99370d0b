import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'Whom to talk to.' })
export class OpenDirectChannelInput {
  @Field(() => ID, { description: 'The other person.' })
  readonly recipientId!: string;
}
