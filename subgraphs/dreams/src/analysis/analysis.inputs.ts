import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Dream } from '../dream/dream.ts';

@InputType({ description: 'A dream to have analysed again.' })
export class RetryAnalysisInput {
  @Field(() => ID, { description: "The dream, which must be the viewer's." })
  dreamId!: string;
}

@ObjectType({ description: 'The outcome of `retryAnalysis`.', simpleResolvers: true })
export class RetryAnalysisPayload {
  @Field(() => Dream, { description: 'The dream, with the analysis that has begun.' })
  dream!: Dream;
}

@InputType({ description: 'A dream whose analysis is not wanted any more.' })
export class CancelAnalysisInput {
  @Field(() => ID, { description: "The dream, which must be the viewer's." })
  dreamId!: string;
}

@ObjectType({ description: 'The outcome of `cancelAnalysis`.', simpleResolvers: true })
export class CancelAnalysisPayload {
  @Field(() => Dream, { description: 'The dream; its analysis says how it ended.' })
  dream!: Dream;
}
