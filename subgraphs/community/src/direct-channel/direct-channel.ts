import { Entity, PrimaryColumn } from 'typeorm';

/** That a person takes part in a direct channel; for the list of theirs. */
@Entity('direct_channel_recipient')
export class DirectChannelRecipient {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  readonly userId!: string;

  @PrimaryColumn({ name: 'channel_id', type: 'varchar', length: 36 })
  readonly channelId!: string;
}
