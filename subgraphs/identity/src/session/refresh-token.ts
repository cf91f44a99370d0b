import { createHash, createHmac, randomBytes } from 'node:crypto';
import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A refresh token that was handed out, good or spent, by its hash. What is in clear, only its holder has. */
@Entity('refresh_token')
export class RefreshToken {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  hash!: string;

  @Column({ type: 'varchar', length: 36 })
  sessionId!: string;

  @Column(utcColumn())
  expiresAt!: Date;
}

/** Whether it could be one of ours; who shows anything else need not be looked for. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** 256 bits, as 43 characters. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * The token that follows `token`. Whoever shows `token` again gets the same one, although it is kept nowhere: to make it
 * takes the token, which only its holder has, and the seed, which only the database has.
 */
export const successorOf = (token: string, seed: string): string =>
  createHmac('sha256', token).update(seed).digest('base64url');
