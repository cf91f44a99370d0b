import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who has written about a dream. */
@Entity('dreamers')
export class Dreamer {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  /** Stays when the dream is deleted. */
  @Column(utcColumn({ name: 'last_chat_at' }))
  lastChatAt!: Date;
}
