import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const CreditEntryKinds = { GRANT: 'GRANT', HOLD: 'HOLD', CAPTURE: 'CAPTURE', RELEASE: 'RELEASE' } as const;
export type CreditEntryKind = keyof typeof CreditEntryKinds;
registerEnumType(CreditEntryKinds, {
  name: 'CreditEntryKind',
  description: 'What happened to credits.',
  valuesConfig: {
    GRANT: { description: 'The plan gave them.' },
    HOLD: { description: 'They were set aside for a dream.' },
    CAPTURE: { description: 'What was set aside was spent: the first analysis of the dream completed.' },
    RELEASE: { description: 'What was set aside came back: the dream was deleted before any analysis completed.' },
  },
});

/** A line of the ledger: credits that went from one account of the user to another. Lines are added, never changed. */
@Entity('credit_entries')
@ObjectType({ description: 'A line of the ledger; it is never changed.', simpleResolvers: true })
export class CreditEntry {
  /** A number in SQLite, text in MySQL. */
  @PrimaryGeneratedColumn({ type: 'bigint' })
  @Field(() => ID, { description: 'A whole number; later lines have greater ones.' })
  id!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @Column({ type: 'varchar', length: 8 })
  @Field(() => CreditEntryKinds, { description: 'What happened.' })
  kind!: CreditEntryKind;

  /** How many credits moved, always positive. */
  @Column({ name: 'moved', type: 'int' })
  moved!: number;

  @Column({ name: 'dream_id', type: 'varchar', length: 36, nullable: true })
  @Field(() => ID, { nullable: true, description: 'The dream concerned, which may be gone; null for a GRANT.' })
  dreamId!: string | null;

  /** What it is for. A user has each once, whatever races: `settle:<dream>` is the one capture or release of a hold. */
  @Column({ type: 'varchar', length: 64 })
  reference!: string;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => Int, {
    description:
      'By how many credits it changed what can be spent: more by a GRANT or RELEASE, less by a HOLD, not at all by a CAPTURE. The sum over all entries is `Credits.amount`.',
  })
  get amount(): number {
    if (this.kind === 'CAPTURE') return 0;
    return this.kind === 'HOLD' ? -this.moved : this.moved;
  }
}
