import { randomInt, timingSafeEqual } from 'node:crypto';
import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { LessThan, MoreThan } from 'typeorm';
import { AgentCode } from './agent.code.ts';

/** For how long a code is good, in milliseconds. */
const codeLifetime = 5 * 60 * 1000;
/** A code is void after so many wrong ones. */
const mostTries = 5;
const digits = 6;
const id = 1;

export interface IssuedCode {
  readonly code: string;
  readonly expiresAt: Date;
}

/** The one-time codes of agents, of which one is good at a time. */
export class AgentCodes {
  readonly #database: Database;
  readonly #tokens: Tokens;

  constructor(database: Database, tokens: Tokens) {
    this.#database = database;
    this.#tokens = tokens;
  }

  /** A new code; the one before it is void. */
  async issue(): Promise<IssuedCode> {
    const code = String(randomInt(10 ** digits)).padStart(digits, '0');
    const expiresAt = new Date(Date.now() + codeLifetime);
    await this.#database.write(({ manager }) =>
      manager.upsert(AgentCode, { id, hash: this.#hash(code), tries: 0, expiresAt }, ['id']),
    );
    return { code, expiresAt };
  }

  /**
   * Whether `code` is the one that is good; then it is so no more. A try is counted before it is compared, under the row's lock,
   * so that many at once are not more than many in a row; the caller must commit it.
   */
  async redeem({ manager }: Transaction, code: string): Promise<boolean> {
    const open = { id, tries: LessThan(mostTries), expiresAt: MoreThan(new Date()) };
    const counted = await manager.increment(AgentCode, open, 'tries', 1);
    if (counted.affected !== 1) return false;
    const { hash } = await manager.findOneByOrFail(AgentCode, { id });
    if (!timingSafeEqual(Buffer.from(hash), Buffer.from(this.#hash(code)))) return false;
    await manager.delete(AgentCode, { id });
    return true;
  }

  /** Makes a code void that nobody received. */
  async burn(code: string): Promise<void> {
    await this.#database.write(({ manager }) => manager.delete(AgentCode, { id, hash: this.#hash(code) }));
  }

  #hash(code: string): string {
    return this.#tokens.seal('agent-code', code);
  }
}
