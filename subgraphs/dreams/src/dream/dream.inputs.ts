import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Dream } from './dream.ts';

const nonce = (what: string): string =>
  `1 to 64 characters that tell ${what}: sent again with the same, the first one is given back, and nothing is charged or written.`;

@InputType({ description: 'A dream to tell.' })
export class CreateDreamInput {
  @Field(() => String, {
    nullable: true,
    description: '1 to 100 characters; where there is none `Yeni rüya`, or `New dream` of one that is told in English.',
  })
  title?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'At most 1000 characters; made of the first message where there is none.',
  })
  description?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The first message, 1 to 4000 characters; its analysis begins at once. It may be sent later.',
  })
  message?: string | null;
  @Field(() => String, { nullable: true, description: nonce("this dream from the author's others") })
  nonce?: string | null;
}

@ObjectType({ description: 'The outcome of `createDream`.', simpleResolvers: true })
export class CreateDreamPayload {
  @Field(() => Dream, { description: 'The dream, or the first one of the same nonce.' })
  dream!: Dream;
}

@InputType({ description: 'What to change of a dream; what is left out stays.' })
export class UpdateDreamInput {
  @Field(() => ID, { description: 'The dream.' })
  dreamId!: string;
  @Field(() => String, { nullable: true, description: '1 to 100 characters; null leaves it.' })
  title?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 1000 characters; null takes it away.' })
  description?: string | null;
}

@ObjectType({ description: 'The outcome of `updateDream`.', simpleResolvers: true })
export class UpdateDreamPayload {
  @Field(() => Dream, { description: 'The dream as it is now.' })
  dream!: Dream;
}

@InputType({ description: 'A dream to delete.' })
export class DeleteDreamInput {
  @Field(() => ID, { description: 'The dream.' })
  dreamId!: string;
}

@ObjectType({ description: 'The outcome of `deleteDream`.', simpleResolvers: true })
export class DeleteDreamPayload {
  @Field(() => ID, { description: 'The dream that is gone.' })
  dreamId!: string;
}
