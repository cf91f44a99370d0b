import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type SupportMessageType, SupportMessageTypes } from '../message/message.ts';

/** What may be uploaded. */
export type UploadType = Exclude<SupportMessageType, 'TEXT'>;

/** Only a COMPLETED one may be sent; a DISCARDED one is about to go, with its file. */
export type UploadState = 'RESERVED' | 'COMPLETED' | 'DISCARDED';

/** A file that somebody uploaded to send it in a thread. Its row is there before its bytes are. */
@Entity('uploads')
@ObjectType({
  description: 'A picture or a sound that was uploaded to be sent in a support thread.',
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class Upload {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv4.' })
  id!: string;

  @Column({ type: 'varchar', length: 5 })
  @Field(() => SupportMessageTypes, { description: 'IMAGE or AUDIO.' })
  type!: UploadType;

  @Column({ type: 'varchar', length: 9 })
  state!: UploadState;

  @Column({ name: 'content_type', type: 'varchar', length: 64, nullable: true })
  @Field(() => String, { description: 'Its media type, as its bytes say: `image/png`.' })
  contentType!: string | null;

  @Column({ type: 'int', nullable: true })
  @Field(() => Int, { description: 'In bytes.' })
  size!: number | null;

  @Column({ type: 'varchar', length: 512, nullable: true })
  @Field(() => String, { description: 'Where it is: absolute, or a path of the service that took it.' })
  url!: string | null;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When uploading it began.' })
  createdAt!: Date;

  /** When it goes unless a message has it by then; null where one does. */
  @Column(utcColumn({ name: 'expires_at', nullable: true }))
  expiresAt!: Date | null;
}

/** What the storage knows an upload by. */
export const nameOf = ({ id, type }: Pick<Upload, 'id' | 'type'>): `${'images' | 'audio'}/${string}` =>
  `${type === 'IMAGE' ? 'images' : 'audio'}/${id}`;
