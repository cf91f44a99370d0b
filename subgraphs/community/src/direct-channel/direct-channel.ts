import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a person takes part in a direct channel; for the list of theirs. */
@Entity('direct_channel_recipient')
export class DirectChannelRecipient {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  readonly userId!: string;

  @PrimaryColumn({ name: 'channel_id', type: 'varchar', length: 36 })
  readonly channelId!: string;

  /** The UUIDv7 of the newest that happened there: a message, or the channel itself. The list goes by it. */
  @Column({ name: 'latest_id', type: 'varchar', length: 36, default: '' })
  readonly latestId!: string;
}
