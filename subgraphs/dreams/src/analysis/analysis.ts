import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const AnalysisStatuses = {
  PENDING: 'PENDING',
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const;
export type AnalysisStatus = keyof typeof AnalysisStatuses;
registerEnumType(AnalysisStatuses, {
  name: 'AnalysisStatus',
  description: 'How far an analysis is.',
  valuesConfig: {
    PENDING: { description: 'Asked for, and not begun.' },
    RUNNING: { description: 'The analyst is answering.' },
    COMPLETED: { description: 'The answer is among the messages.' },
    FAILED: { description: 'There is no answer, and `errorCode` says why; `retryAnalysis` asks again.' },
    CANCELLED: { description: 'The author wanted no answer; `retryAnalysis` asks again.' },
  },
});

/** One answer of the analyst, from its being asked for to its end. */
@Entity('analyses')
@ObjectType({ description: "An analyst's work on one answer. Only the dream's author sees it.", simpleResolvers: true })
export class Analysis {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv7.' })
  id!: string;

  @Column({ name: 'dream_id', type: 'varchar', length: 36 })
  dreamId!: string;

  @Column({ type: 'varchar', length: 9 })
  @Field(() => AnalysisStatuses, { description: 'How far it is.' })
  status!: AnalysisStatus;

  @Column({ name: 'built_in', type: 'boolean' })
  @Field(() => Boolean, {
    description: 'Whether the built-in analyst answers, which works from a lexicon and asks nobody.',
  })
  builtIn!: boolean;

  /** How often somebody has begun it. */
  @Column({ type: 'int' })
  attempts!: number;

  /** The lease of whoever works on it, and until when they alone may; from `dueAt` on anybody may begin it anew. Null when it is over. */
  @Column({ name: 'lease_owner', type: 'varchar', length: 36, nullable: true })
  leaseOwner!: string | null;

  @Column(utcColumn({ name: 'due_at', nullable: true }))
  dueAt!: Date | null;

  /** The place in the log before its first event. */
  @Column({ name: 'log_position', type: 'varchar', length: 64, nullable: true })
  logPosition!: string | null;

  @Column(utcColumn({ name: 'started_at', nullable: true }))
  @Field(() => Date, { nullable: true, description: 'When the analyst began; null before that.' })
  startedAt!: Date | null;

  @Column(utcColumn({ name: 'finished_at', nullable: true }))
  @Field(() => Date, { nullable: true, description: 'When it ended, however it did; null before that.' })
  finishedAt!: Date | null;

  @Column({ name: 'error_code', type: 'varchar', length: 32, nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'Why it FAILED: ANALYST_UNAVAILABLE, ANALYST_TIMEOUT, ANALYST_REFUSED (busy, or the key is not accepted), ANALYST_ANSWER (empty, cut off or not understood), INTERRUPTED (the service went away too often), INTERNAL (a fault of ours). Else null.',
  })
  errorCode!: string | null;
}
