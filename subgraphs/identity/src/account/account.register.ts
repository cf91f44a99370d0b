import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import { isNearby, networkOf } from '@kopru/runtime/client.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import { events } from '@kopru/schema/events.ts';
import type { Agents } from '../agent/agents.ts';
import type { Hashing } from '../password/hashing.ts';
import { Password } from '../password/password.ts';
import { type AuthPayload, authPayload } from '../session/auth-payload.ts';
import { openSession } from '../session/session.open.ts';
import { emailColumns, usernameColumns } from '../user/profile.ts';
import { claiming, refuseTaken } from '../user/user.names.ts';
import { faults, refuseFaults, rules } from '../user/user.rules.ts';
import { User } from '../user/user.ts';
import type { RegisterInput } from './account.inputs.ts';

/** Each tells whether a name and an address are taken, and fills the database where they are not. */
const tries = { limit: 100, windowSeconds: 60 * 60 };

export class Registration {
  readonly #database: Database;
  readonly #hashing: Hashing;
  readonly #tokens: Tokens;
  readonly #agents: Agents;
  readonly #quota: Quota;

  constructor(database: Database, hashing: Hashing, tokens: Tokens, agents: Agents, quota: Quota) {
    this.#database = database;
    this.#hashing = hashing;
    this.#tokens = tokens;
    this.#agents = agents;
    this.#quota = quota;
  }

  /** Makes an account and signs it in. @throws VALIDATION_FAILED, CONFLICT; RATE_LIMITED when too many do, or one address too often. */
  async register(input: RegisterInput, client: Client): Promise<AuthPayload> {
    const user = newUser(input);
    if (!isNearby(client.address)) await spend(this.#quota, `registrations ${networkOf(client.address)}`, tries);
    this.#agents.refuseReserved(user);
    // Before the costly hash; the unique indices decide.
    await refuseTaken(this.#database.reader, user, user.id);
    const hash = await this.#hashing.hash(input.password);
    const granted = await claiming(this.#database, user, user.id, () =>
      this.#database.write(async (tx) => {
        await tx.manager.insert(User, user);
        await tx.manager.insert(Password, { userId: user.id, hash });
        tx.emit(events.userRegistered({ userId: user.id, username: user.username }));
        return openSession(tx, user.id, client, await this.#agents.termsOf(tx, user));
      }),
    );
    return authPayload(this.#tokens, user, granted);
  }
}

/** @throws VALIDATION_FAILED with every field that breaks a rule. */
function newUser({ username, email, password, displayName }: RegisterInput): User {
  const now = new Date();
  const user = Object.assign(new User(), {
    id: newId(),
    ...usernameColumns(username),
    ...emailColumns(email),
    chosenName: displayName?.trim() ?? null,
    avatarUrl: null,
    bio: null,
    active: true,
    createdAt: now,
    updatedAt: now,
  });
  refuseFaults({
    username: faults(rules.username, user.username),
    email: faults(rules.email, user.email),
    password: faults(rules.password, password),
    displayName: faults(rules.displayName, user.chosenName),
  });
  return user;
}
