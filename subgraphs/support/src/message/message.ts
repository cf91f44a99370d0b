import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const SupportSenders = { VISITOR: 'VISITOR', AGENT: 'AGENT' } as const;
export type SupportSender = keyof typeof SupportSenders;
registerEnumType(SupportSenders, {
  name: 'SupportSender',
  description: 'Which side of a conversation somebody is on.',
  valuesConfig: {
    VISITOR: { description: 'Whoever asks for help.' },
    AGENT: { description: 'Whoever helps.' },
  },
});

export const SupportMessageTypes = { TEXT: 'TEXT', IMAGE: 'IMAGE', AUDIO: 'AUDIO' } as const;
export type SupportMessageType = keyof typeof SupportMessageTypes;
registerEnumType(SupportMessageTypes, {
  name: 'SupportMessageType',
  description: 'What a message is.',
  valuesConfig: {
    TEXT: { description: 'A text.' },
    IMAGE: { description: 'A picture that was uploaded, with or without a caption.' },
    AUDIO: { description: 'A sound that was uploaded, with or without a caption.' },
  },
});

/** What one side of a conversation wrote. Who of the agents it was is not selected with the rest: the visitor may not know. */
@Entity('support_messages')
@ObjectType({ description: 'What the visitor or an agent wrote in a support thread.', simpleResolvers: true })
@Directive('@key(fields: "id")')
export class SupportMessage {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv7; within a thread, ids ascend in the order of the messages.' })
  id!: string;

  @Column({ name: 'thread_id', type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'The thread it is in.' })
  threadId!: string;

  @Column({ type: 'varchar', length: 7 })
  @Field(() => SupportSenders, { description: 'Which side wrote it.' })
  sender!: SupportSender;

  @Column({ type: 'varchar', length: 5 })
  @Field(() => SupportMessageTypes, { description: 'What it is.' })
  type!: SupportMessageType;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The text, 1 to 4000 characters; of a picture or sound its caption, or null.',
  })
  text!: string | null;

  @Column({ name: 'file_url', type: 'varchar', length: 512, nullable: true })
  @Field(() => String, { nullable: true, description: 'Where the picture or sound is; null for a text.' })
  fileUrl!: string | null;

  @Column({ name: 'upload_id', type: 'varchar', length: 36, nullable: true })
  uploadId!: string | null;

  @Column({ name: 'author_id', type: 'varchar', length: 36, nullable: true, select: false })
  authorId?: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  @Field(() => String, { nullable: true, description: 'What the sender sent along to recognise the message by.' })
  nonce!: string | null;

  /** The moment within the id, so that times run with the order. */
  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was sent.' })
  createdAt!: Date;
}
