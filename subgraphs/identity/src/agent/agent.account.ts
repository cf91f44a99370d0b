import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Instead of a name: the account that all who sign in by a code share. No name has a star. */
export const sharedName = '*';

/**
 * Whose account a name of AGENT_ACCOUNTS was when it was first seen. Names can be given up and addresses are not proven,
 * so whoever takes the name after them is no agent.
 */
@Entity('agent_account')
export class AgentAccount {
  /** As names are compared. */
  @PrimaryColumn({ type: 'varchar', length: 254 })
  name!: string;

  @Column({ type: 'varchar', length: 36 })
  userId!: string;
}
