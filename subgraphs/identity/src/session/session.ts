import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SessionEndReason } from './session.events.ts';

/** A sign-in on one device, and the family of refresh tokens that keeps it alive. */
@Entity('session')
@ObjectType({
  description:
    'A sign-in on one device; it lives until it is ended or not refreshed for 30 days, that of a support agent for hours.',
})
export class Session {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv7.' })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  userId!: string;

  @Column({ type: 'varchar', length: 64 })
  @Field(() => String, { description: 'What signed in, as it names itself: `Firefox on Linux`.' })
  device!: string;

  @Column({ type: 'varchar', length: 64 })
  @Field(() => String, { description: 'The IP address it was last refreshed from.' })
  address!: string;

  @Column(utcColumn())
  @Field(() => Date, { description: 'When the user signed in.' })
  createdAt!: Date;

  @Column(utcColumn())
  @Field(() => Date, { description: 'When it was last refreshed, or begun.' })
  lastSeenAt!: Date;

  @Column(utcColumn())
  @Field(() => Date, { description: 'When it ends unless it is refreshed before.' })
  expiresAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is the session that asks, or was just begun.' })
  current!: boolean;

  @Column({ type: 'boolean' })
  @Field(() => Boolean, {
    description: "Whether it is a support agent's; such a session ends at its time, refreshed or not.",
  })
  agent!: boolean;

  /** Whether its refresh token stays the same, and with it the time when it ends. */
  @Column({ type: 'boolean' })
  lasting!: boolean;

  /** SHA-256 of the refresh token that is good now. */
  @Column({ type: 'varchar', length: 64 })
  tokenHash!: string;

  /** For a moment after a rotation: the hash of the token before, and what its successor was made with. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  parentHash!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  successorSeed!: string | null;

  @Column(utcColumn({ nullable: true }))
  rotatedAt!: Date | null;

  @Column(utcColumn({ nullable: true }))
  revokedAt!: Date | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  endReason!: SessionEndReason | null;
}
