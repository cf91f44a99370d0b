import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A live connection of somebody, leased by the front that has the socket. */
@Entity('presence_connections')
export class Connection {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @Column(utcColumn({ name: 'expires_at' }))
  expiresAt!: Date;
}
