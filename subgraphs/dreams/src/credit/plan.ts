import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What somebody is given, and how often.', simpleResolvers: true })
export class Plan {
  @Field(() => String, { description: 'What it is called.' })
  readonly name: string;
  @Field(() => Int, { description: 'How many credits it gives when an account is made, and each month after that.' })
  readonly monthlyCredits: number;

  constructor(name: string, monthlyCredits: number) {
    this.name = name;
    this.monthlyCredits = monthlyCredits;
  }
}

/** What everybody has. */
export const freePlan = new Plan('Free', 1);
/** What a dream costs, whatever is said about it. */
export const dreamCost = 1;
