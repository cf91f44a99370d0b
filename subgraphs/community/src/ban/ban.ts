import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { countedConnectionType } from '../page/page.ts';

/** That a person may not join a server. */
@Entity('ban')
@ObjectType({ description: 'That a person may not join a server.' })
export class Ban {
  /** Ascends in the order of banning. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  readonly id!: string;

  @Column({ name: 'server_id', type: 'varchar', length: 36 })
  readonly serverId!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  readonly userId!: string;

  @Column({ type: 'varchar', length: 1000, nullable: true })
  @Field(() => String, { nullable: true, description: 'Why, at most 1000 characters; for those who may ban.' })
  readonly reason!: string | null;

  @Column({ name: 'banned_by_id', type: 'varchar', length: 36 })
  readonly bannedById!: string;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When the person was banned.' })
  readonly createdAt!: Date;
}

export const BanConnection = countedConnectionType('Ban', () => Ban);
