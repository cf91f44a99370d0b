import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one code that signs an agent in now. There is one row at most: a new code takes the place of the one before. */
@Entity('agent_code')
export class AgentCode {
  @PrimaryColumn({ type: 'int' })
  id!: number;

  /** Keyed: a million codes are soon tried by whoever has the table, and of no use without the installation's key. */
  @Column({ type: 'varchar', length: 64 })
  hash!: string;

  /** How many wrong ones were tried in its place. */
  @Column({ type: 'int' })
  tries!: number;

  @Column(utcColumn())
  expiresAt!: Date;
}
