import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A community of members, with channels and roles. */
@Entity('server')
@ObjectType({ description: 'A community of members, with channels and roles. Only its members may read it.' })
@Directive('@key(fields: "id")')
export class Server {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUID.' })
  readonly id!: string;

  @Column({ type: 'varchar', length: 100 })
  @Field(() => String, { description: '1 to 100 characters.' })
  readonly name!: string;

  @Column({ type: 'varchar', length: 1000, nullable: true })
  @Field(() => String, { nullable: true, description: 'What it is about, at most 1000 characters.' })
  readonly description!: string | null;

  @Column({ name: 'icon_url', type: 'varchar', length: 2048, nullable: true })
  @Field(() => String, { nullable: true, description: 'Where its icon is, http or https.' })
  readonly iconUrl!: string | null;

  /** Always a member. */
  @Column({ name: 'owner_id', type: 'varchar', length: 36 })
  readonly ownerId!: string;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt!: Date;

  @Column(utcColumn({ name: 'updated_at' }))
  @Field(() => Date, { description: 'When its name, description, icon or owner last changed.' })
  readonly updatedAt!: Date;
}
