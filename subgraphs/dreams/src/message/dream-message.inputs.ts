import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Dream } from '../dream/dream.ts';
import { DreamMessage } from './dream-message.ts';

@InputType({ description: 'Something to say about a dream.' })
export class SendDreamMessageInput {
  @Field(() => ID, { description: "The dream, which must be the viewer's." })
  dreamId!: string;
  @Field(() => String, { description: '1 to 4000 characters, not only white space. It is kept as it is.' })
  message!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "1 to 64 characters that tell this message from the dream's others: sent again with the same, the first one is given back.",
  })
  nonce?: string | null;
}

@ObjectType({ description: 'The outcome of `sendDreamMessage`.', simpleResolvers: true })
export class SendDreamMessagePayload {
  @Field(() => DreamMessage, { description: 'The message, or the first one of the same nonce.' })
  message!: DreamMessage;
  @Field(() => Dream, { description: 'The dream, with the analysis that has begun.' })
  dream!: Dream;
}
