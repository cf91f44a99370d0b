import type { PresenceStatus } from '@kopru/schema/events.ts';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const PresenceStatuses = { ONLINE: 'ONLINE', IDLE: 'IDLE', DND: 'DND', OFFLINE: 'OFFLINE' } as const;
registerEnumType(PresenceStatuses, {
  name: 'PresenceStatus',
  description: 'Whether somebody is there.',
  valuesConfig: {
    ONLINE: { description: 'There.' },
    IDLE: { description: 'Connected, but away from the keyboard.' },
    DND: { description: 'There, and not to be disturbed.' },
    OFFLINE: { description: 'Not connected, or does not want to be seen.' },
  },
});

/** What others see of somebody, and what that person chose to show while connected. */
@Entity('presences')
@ObjectType({ description: 'How somebody appears to others.', simpleResolvers: true })
export class Presence {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @Column({ type: 'varchar', length: 8, default: 'OFFLINE' })
  @Field(() => PresenceStatuses, {
    description: 'OFFLINE without a live connection or where the person chose so, else what they chose.',
  })
  status!: PresenceStatus;

  @Column({ name: 'custom_status', type: 'varchar', length: 128, nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'A line of their own, at most 128 characters; null while OFFLINE.',
  })
  customStatus!: string | null;

  @Column({ name: 'chosen_status', type: 'varchar', length: 8, default: 'ONLINE' })
  chosenStatus!: PresenceStatus;

  @Column({ name: 'chosen_custom_status', type: 'varchar', length: 128, nullable: true })
  chosenCustomStatus!: string | null;
}
