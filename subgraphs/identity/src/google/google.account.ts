import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A Google account that signs in to one of ours. Addresses change hands there, the id never does. */
@Entity('google_account')
export class GoogleAccount {
  /** What Google calls `sub`. */
  @PrimaryColumn({ type: 'varchar', length: 255 })
  id!: string;

  /** An account of ours has one such at most. */
  @Column({ type: 'varchar', length: 36 })
  userId!: string;
}
