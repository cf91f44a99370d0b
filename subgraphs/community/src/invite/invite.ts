import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Lets whoever knows its code join a server. */
@Entity('invite')
@ObjectType({ description: 'Lets whoever knows its code join a server.' })
export class Invite {
  @PrimaryColumn({ type: 'varchar', length: 22 })
  @Field(() => ID, { description: 'Cannot be guessed; whoever knows it may join.' })
  readonly code!: string;

  @Column({ name: 'server_id', type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'The server it leads to.' })
  readonly serverId!: string;

  @Column({ name: 'inviter_id', type: 'varchar', length: 36 })
  readonly inviterId!: string;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt!: Date;

  @Column(utcColumn({ name: 'expires_at', nullable: true }))
  @Field(() => Date, { nullable: true, description: 'From when on it is void; null for never.' })
  readonly expiresAt!: Date | null;

  @Column({ name: 'max_uses', type: 'int', nullable: true })
  @Field(() => Int, { nullable: true, description: 'How many people may join by it; null for any number.' })
  readonly maxUses!: number | null;

  @Column({ type: 'int' })
  @Field(() => Int, { description: 'How many people have joined by it.' })
  readonly uses!: number;
}

/** Whether somebody may still join by it. */
export const isUsable = ({ expiresAt, maxUses, uses }: Invite, now = new Date()): boolean =>
  (expiresAt === null || expiresAt > now) && (maxUses === null || uses < maxUses);
