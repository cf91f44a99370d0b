import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const EscalationKinds = { MESSAGE: 'MESSAGE', DREAM: 'DREAM' } as const;
export type EscalationKind = keyof typeof EscalationKinds;
registerEnumType(EscalationKinds, {
  name: 'EscalationKind',
  description: 'What a support thread was made of.',
  valuesConfig: {
    MESSAGE: { description: 'A message of a channel.' },
    DREAM: { description: 'A dream.' },
  },
});

/** What a thread was made of. Whoever made it gets the same thread for the same thing. */
@Entity('support_escalations')
@ObjectType({ description: 'What a support thread was made of, by somebody who could read it.', simpleResolvers: true })
export class Escalation {
  @PrimaryColumn({ name: 'thread_id', type: 'varchar', length: 36 })
  threadId!: string;

  @Column({ name: 'account_id', type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 7 })
  @Field(() => EscalationKinds, { description: 'What it was.' })
  kind!: EscalationKind;

  @Column({ name: 'source_id', type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'The id of the message or dream; that of a thing does not let anybody read it.' })
  sourceId!: string;
}
