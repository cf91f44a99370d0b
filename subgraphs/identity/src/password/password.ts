import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a user signs in with. A closed account has none. */
@Entity('password')
export class Password {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  userId!: string;

  /** In PHC format: argon2id with its parameters and salt. */
  @Column({ type: 'varchar', length: 255 })
  hash!: string;
}
