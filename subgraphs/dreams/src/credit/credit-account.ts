import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the ledger comes to for one user, kept with it in the same transactions. */
@Entity('credit_accounts')
export class CreditAccount {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  /** What the plan gave so far: always `available` + `held` + `spent`. */
  @Column({ type: 'int' })
  granted!: number;

  @Column({ type: 'int' })
  available!: number;

  @Column({ type: 'int' })
  held!: number;

  @Column({ type: 'int' })
  spent!: number;

  /** When the user's account was made; renewals come on its day of the month. */
  @Column(utcColumn({ name: 'anchor_at' }))
  anchorAt!: Date;

  /** Null once the user's account is closed. */
  @Column(utcColumn({ name: 'renews_at', nullable: true }))
  renewsAt!: Date | null;
}
