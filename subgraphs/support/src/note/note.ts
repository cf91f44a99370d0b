import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an agent wrote about a thread for other agents. */
@Entity('support_notes')
@ObjectType({ description: 'What an agent noted about a support thread. Only agents see it.', simpleResolvers: true })
export class PrivateNote {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv7.' })
  id!: string;

  @Column({ name: 'thread_id', type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'The thread it is about.' })
  threadId!: string;

  @Column({ name: 'author_id', type: 'varchar', length: 36 })
  authorId!: string;

  @Column({ type: 'text' })
  @Field(() => String, { description: 'The text, 1 to 4000 characters.' })
  text!: string;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was written.' })
  createdAt!: Date;
}
