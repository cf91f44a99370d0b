import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What became of the credit that a dream costs: kept aside until an analysis completes, then spent. */
export type Charge = 'HELD' | 'CAPTURED';

/** Something that somebody dreamt. A deleted one is gone, with all that was said about it. */
@Entity('dreams')
@ObjectType({ description: 'Something that somebody dreamt. Its author alone may read it.', simpleResolvers: true })
@Directive('@key(fields: "id")')
export class Dream {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv7; those of one author ascend in the order of their making.' })
  id!: string;

  @Column({ name: 'author_id', type: 'varchar', length: 36 })
  authorId!: string;

  @Column({ type: 'varchar', length: 100 })
  @Field(() => String, { description: '1 to 100 characters.' })
  title!: string;

  @Column({ type: 'varchar', length: 1000, nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'At most 1000 characters. Where its author gave none: the whole words of the first message until 45 characters, then `...` where more follows; null before that.',
  })
  description!: string | null;

  /** Kept for as long as the dream lives: a repeated one finds the dream it made. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  nonce!: string | null;

  @Column({ type: 'varchar', length: 8 })
  charge!: Charge;

  /** The latest; null until the first message. */
  @Column({ name: 'analysis_id', type: 'varchar', length: 36, nullable: true })
  analysisId!: string | null;

  /** The moment within the id, so that times run with the order. */
  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Column(utcColumn({ name: 'updated_at' }))
  @Field(() => Date, { description: 'When it, or what is said about it, last changed.' })
  updatedAt!: Date;
}
