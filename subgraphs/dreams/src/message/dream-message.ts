import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const DreamMessageRoles = { USER: 'USER', ANALYST: 'ANALYST', SYSTEM: 'SYSTEM' } as const;
export type DreamMessageRole = keyof typeof DreamMessageRoles;
registerEnumType(DreamMessageRoles, {
  name: 'DreamMessageRole',
  description: 'Who said something about a dream.',
  valuesConfig: {
    USER: { description: 'Its author.' },
    ANALYST: { description: 'The analyst.' },
    SYSTEM: { description: 'This system; nobody else can.' },
  },
});

/** What was said about a dream. */
@Entity('dream_messages')
@ObjectType({
  description: "What was said about a dream. The dream's author alone may read it.",
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class DreamMessage {
  /** A number in SQLite, text in MySQL. */
  @PrimaryGeneratedColumn({ type: 'bigint' })
  @Field(() => ID, { description: 'A whole number; within a dream, ids ascend in the order of the messages.' })
  id!: string;

  @Column({ name: 'dream_id', type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'The dream that it is about.' })
  dreamId!: string;

  @Column({ type: 'varchar', length: 8 })
  @Field(() => DreamMessageRoles, { description: 'Who said it.' })
  role!: DreamMessageRole;

  @Column({ type: 'text' })
  @Field(() => String, {
    description: "What was said: 1 to 4000 characters of a user's, up to 12000 of the analyst's.",
  })
  message!: string;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was said.' })
  createdAt!: Date;

  @Column({ type: 'varchar', length: 64, nullable: true })
  @Field(() => String, { nullable: true, description: 'What its author sent along to recognise it by.' })
  nonce!: string | null;
}
