import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { type KopruError, unauthenticated, validationFailed } from '@kopru/runtime/errors.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import { events } from '@kopru/schema/events.ts';
import { Not } from 'typeorm';
import type { Agents } from '../agent/agents.ts';
import { needsNoPassword } from '../google/google.password.ts';
import type { Hashing } from '../password/hashing.ts';
import { Password } from '../password/password.ts';
import { type Proof, type Prover, stillProven } from '../password/proof.ts';
import { type AuthPayload, authPayload } from '../session/auth-payload.ts';
import { endSessions } from '../session/session.end.ts';
import { openSession } from '../session/session.open.ts';
import { nameKey } from '../user/name.key.ts';
import { faults, refuseFaults, rules } from '../user/user.rules.ts';
import { User } from '../user/user.ts';
import type { ChangePasswordInput, LoginInput } from './account.inputs.ts';

const wrongLogin = (): KopruError => unauthenticated('Wrong name or password.');
const wrongPassword = (field: string): KopruError => validationFailed({ [field]: ['Wrong password.'] });

export class AccountService {
  readonly #database: Database;
  readonly #prover: Prover;
  readonly #hashing: Hashing;
  readonly #tokens: Tokens;
  readonly #agents: Agents;

  constructor(database: Database, prover: Prover, hashing: Hashing, tokens: Tokens, agents: Agents) {
    this.#database = database;
    this.#prover = prover;
    this.#hashing = hashing;
    this.#tokens = tokens;
    this.#agents = agents;
  }

  /** @throws UNAUTHENTICATED whatever is wrong; RATE_LIMITED after many such tries. */
  async login({ login, password, lastingRefreshToken }: LoginInput, client: Client): Promise<AuthPayload> {
    const account = nameKey(login);
    const where = account.includes('@') ? { emailKey: account } : { usernameKey: account };
    const proof = await this.#prover.prove({ where, account, address: client.address, password });
    if (!proof) throw wrongLogin();
    const granted = await this.#database.write(async (tx) => {
      // Else a session could begin with a password that was changed meanwhile, after the change ended all others.
      if (!(await stillProven(tx, proof))) throw wrongLogin();
      return openSession(tx, proof.user.id, client, await this.#agents.termsOf(tx, proof.user, lastingRefreshToken));
    });
    return authPayload(this.#tokens, proof.user, granted);
  }

  /** Ends every other session of the viewer. @throws VALIDATION_FAILED; RATE_LIMITED after many wrong passwords. */
  async changePassword({ currentPassword, newPassword }: ChangePasswordInput, context: Context): Promise<User> {
    const { viewer } = context;
    const { userId, sessionId } = viewer;
    refuseFaults({ newPassword: faults(rules.password, newPassword) });
    const first = await this.#database.write((tx) => needsNoPassword(tx, viewer));
    const proof = first ? null : await this.#proveAgain(currentPassword, 'currentPassword', context);
    const hash = await this.#hashing.hash(newPassword);
    const { user, ended } = await this.#database.write(async (tx) => {
      // Somebody may have changed it meanwhile.
      const allowed = proof ? await stillProven(tx, proof) : await needsNoPassword(tx, viewer);
      if (!allowed) throw wrongPassword('currentPassword');
      if (proof) await tx.manager.update(Password, { userId }, { hash });
      else await tx.manager.insert(Password, { userId, hash });
      return {
        user: proof?.user ?? (await tx.manager.findOneByOrFail(User, { id: userId })),
        ended: await endSessions(tx, [{ userId, id: Not(sessionId) }], 'PASSWORD_CHANGED'),
      };
    });
    this.#tokens.revoke(ended);
    return user;
  }

  /** Closes the viewer's account for good; its names stay taken. Gives its id. @throws as `changePassword` does. */
  async deactivate(password: string, context: Context): Promise<string> {
    const proof = await this.#proveAgain(password, 'password', context);
    const userId = proof.user.id;
    const ended = await this.#database.write(async (tx) => {
      if (!(await stillProven(tx, proof))) throw wrongPassword('password');
      await tx.manager.delete(Password, { userId });
      await tx.manager.update(User, { id: userId }, { active: false, updatedAt: new Date() });
      tx.emit(events.userDeactivated({ userId }));
      return endSessions(tx, [{ userId }], 'ACCOUNT_DEACTIVATED');
    });
    this.#tokens.revoke(ended);
    return userId;
  }

  /** The viewer's password, asked for again. Not UNAUTHENTICATED, on which clients drop a token that is good. */
  async #proveAgain(password: string, field: string, context: Context): Promise<Proof> {
    const { userId } = context.viewer;
    const { address } = context.client;
    const proof = await this.#prover.prove({ where: { id: userId }, account: userId, address, password });
    if (!proof) throw wrongPassword(field);
    return proof;
  }
}
