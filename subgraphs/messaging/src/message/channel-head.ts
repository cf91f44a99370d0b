import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The end of a channel. Whoever adds or deletes a message there holds this row, so that order and ids agree. */
@Entity('channel_heads')
export class ChannelHead {
  @PrimaryColumn({ name: 'channel_id', type: 'varchar', length: 36 })
  channelId!: string;

  /** The greatest id that was ever given in the channel. */
  @Column({ name: 'last_id', type: 'varchar', length: 36, nullable: true })
  lastId!: string | null;

  /** The newest message that is not deleted. */
  @Column({ name: 'last_message_id', type: 'varchar', length: 36, nullable: true })
  lastMessageId!: string | null;
}
