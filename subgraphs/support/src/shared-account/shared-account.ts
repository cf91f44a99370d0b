import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@ObjectType({ description: 'A server as one of its members showed it.', simpleResolvers: true })
export class SharedServer {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;
  @Field(() => String, { description: 'What it was called.' })
  name!: string;
  @Field(() => Int, { description: 'How many members it had.' })
  memberCount!: number;
}

@ObjectType({ description: 'Credits as their owner showed them.', simpleResolvers: true })
export class SharedCredits {
  @Field(() => Int, { description: 'How many were left.' })
  amount!: number;
  @Field(() => Int, { description: 'How many there had been in all.' })
  totalAmount!: number;
}

/** What the visitor of a thread shows of their account: a copy, made with their own rights when they said so. */
@Entity('support_shared_accounts')
@ObjectType({
  description: 'What a visitor shows the support agents of their account, as it was when they said so.',
  simpleResolvers: true,
})
export class SharedAccount {
  @PrimaryColumn({ name: 'thread_id', type: 'varchar', length: 36 })
  threadId!: string;

  @Column({ type: 'simple-json', nullable: true })
  @Field(() => [SharedServer], {
    nullable: true,
    description: 'The servers they were in, at most 100, in the order of joining; null where they do not show them.',
  })
  servers!: SharedServer[] | null;

  @Column({ type: 'simple-json', nullable: true })
  @Field(() => SharedCredits, { nullable: true, description: 'Their credits; null where they do not show them.' })
  credits!: SharedCredits | null;

  @Column(utcColumn({ name: 'shared_at' }))
  @Field(() => Date, { description: 'When they said so.' })
  sharedAt!: Date;
}
