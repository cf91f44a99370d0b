import { utcColumn } from '@kopru/runtime/database/columns.ts';
import type { MessagePayload } from '@kopru/schema/events.ts';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody wrote in a channel. A deleted one stays as an empty row, so that cursors and order stand. */
@Entity('messages')
@ObjectType({
  description: 'What somebody wrote in a channel. Only those who may read the channel see it.',
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class Message {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv7; within a channel, ids ascend in the order of the messages.' })
  id!: string;

  @Column({ name: 'channel_id', type: 'varchar', length: 36 })
  channelId!: string;

  @Column({ name: 'author_id', type: 'varchar', length: 36 })
  authorId!: string;

  @Column({ type: 'text' })
  @Field(() => String, { description: 'The text, 1 to 4000 characters.' })
  content!: string;

  /** Kept for as long as the message lives: a repeated one finds the message it made. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  @Field(() => String, { nullable: true, description: 'What the author sent along to recognise the message by.' })
  nonce!: string | null;

  @Column({ name: 'reply_to_id', type: 'varchar', length: 36, nullable: true })
  replyToId!: string | null;

  /** The moment within the id, so that times run with the order. */
  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was sent.' })
  createdAt!: Date;

  @Column(utcColumn({ name: 'edited_at', nullable: true }))
  @Field(() => Date, { nullable: true, description: 'When its text last changed; null where it never did.' })
  editedAt!: Date | null;

  @Column({ type: 'boolean', default: false })
  deleted!: boolean;
}

/** A message as events carry it, whole, so that nobody has to read it again. */
export const payloadOf = (message: Message, serverId: string | null): MessagePayload => ({
  id: message.id,
  channelId: message.channelId,
  serverId,
  authorId: message.authorId,
  content: message.content,
  nonce: message.nonce,
  replyToId: message.replyToId,
  createdAt: message.createdAt.toISOString(),
  editedAt: message.editedAt?.toISOString() ?? null,
});

export const messageOf = ({ serverId, createdAt, editedAt, ...rest }: MessagePayload): Message =>
  Object.assign(new Message(), {
    ...rest,
    createdAt: new Date(createdAt),
    editedAt: editedAt === null ? null : new Date(editedAt),
    deleted: false,
  });
