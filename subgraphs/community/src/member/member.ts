import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { countedConnectionType } from '../page/page.ts';

/** One person's membership of one server. */
@Entity('member')
@ObjectType({ description: "One person's membership of one server." })
export class Member {
  /** Ascends in the order of joining. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUID; joining again gives another.' })
  readonly id!: string;

  @Column({ name: 'server_id', type: 'varchar', length: 36 })
  readonly serverId!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  readonly userId!: string;

  @Column({ type: 'varchar', length: 100, nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the person is called in this server, 1 to 100 characters; null for no other name.',
  })
  readonly nickname!: string | null;

  @Column(utcColumn({ name: 'joined_at' }))
  @Field(() => Date, { description: 'When the person joined.' })
  readonly joinedAt!: Date;
}

export const MemberConnection = countedConnectionType('Member', () => Member);

/** Names a membership, whether there is one or not. */
export type MemberKey = `${string}:${string}`;
export const memberKey = (serverId: string, userId: string): MemberKey => `${serverId}:${userId}`;
export function ofMemberKey(key: MemberKey): readonly [serverId: string, userId: string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}
