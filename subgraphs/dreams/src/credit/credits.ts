import { connectionType } from '@kopru/runtime/subgraph/connection.ts';
import { Field, Int, ObjectType } from 'type-graphql';
import { CreditEntry } from './credit-entry.ts';
import { Plan } from './plan.ts';

export const CreditEntryConnection = connectionType('CreditEntry', () => CreditEntry);

@ObjectType({ description: 'What a user may spend on dreams. Only the user sees it.', simpleResolvers: true })
export class Credits {
  userId!: string;

  @Field(() => Int, { description: 'All credits that the plan has given so far, spent or not.' })
  totalAmount!: number;
  @Field(() => Int, { description: 'How many can be spent now, 0 or more; a dream costs 1.' })
  amount!: number;
  @Field(() => Plan, { description: 'What the user is given.' })
  plan!: Plan;
  @Field(() => Date, {
    nullable: true,
    description:
      "When the next credits come: on the day of the month that the user's account was made, or the last of a month without it. Null once the account is closed.",
  })
  renewsAt!: Date | null;
}
