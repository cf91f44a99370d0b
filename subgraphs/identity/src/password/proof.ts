import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import type { FindOptionsWhere } from 'typeorm';
import { forUpdate } from '../lock.ts';
import { User } from '../user/user.ts';
import type { Attempts } from './attempts.ts';
import type { Hashing } from './hashing.ts';
import { Password } from './password.ts';

/** A user whose password was just checked against `password`. */
export interface Proof {
  readonly user: User;
  readonly password: Password;
}

/** Whose password, and who tries it. */
export interface Claim {
  readonly where: FindOptionsWhere<User>;
  /** Under which tries are counted, whether there is such a user or not. */
  readonly account: string;
  readonly address: string;
  readonly password: string;
}

/** Checks a password. Unknown users and closed accounts take as long as wrong ones, and look the same. */
export class Prover {
  readonly #database: Database;
  readonly #hashing: Hashing;
  readonly #attempts: Attempts;

  constructor(database: Database, hashing: Hashing, attempts: Attempts) {
    this.#database = database;
    this.#hashing = hashing;
    this.#attempts = attempts;
  }

  /** Null where anything about it is wrong. @throws RATE_LIMITED after too many of these. */
  prove(claim: Claim): Promise<Proof | null> {
    return this.#attempts.guard(claim.account, claim.address, async () => {
      const found = await this.#find(claim.where);
      const right = await this.#hashing.verify(found?.password.hash ?? null, claim.password);
      return right ? found : null;
    });
  }

  /** On the writer: a replica may not know the newest password yet. */
  #find(where: FindOptionsWhere<User>): Promise<Proof | null> {
    return this.#database.write(async ({ manager }) => {
      const user = await manager.findOneBy(User, { ...where, active: true });
      const password = user && (await manager.findOneBy(Password, { userId: user.id }));
      return password && { user, password };
    });
  }
}

/** Whether the password is still the one that was checked; if so, it stays that until the transaction ends. */
export async function stillProven(tx: Transaction, { password }: Proof): Promise<boolean> {
  const { userId, hash } = password;
  const row = await tx.manager.findOne(Password, { where: { userId, hash }, ...forUpdate(tx) });
  return row !== null;
}
