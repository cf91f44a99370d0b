import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far somebody has read in a channel. */
@Entity('read_states')
export class ReadState {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @PrimaryColumn({ name: 'channel_id', type: 'varchar', length: 36 })
  channelId!: string;

  @Column({ name: 'last_read_id', type: 'varchar', length: 36 })
  lastReadId!: string;
}
