import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { together } from '@kopru/runtime/database/together.ts';
import { forbidden, unauthenticated } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import { events } from '@kopru/schema/events.ts';
import { In } from 'typeorm';
import { isShared } from '../agent/agent.shared.ts';
import type { Agents } from '../agent/agents.ts';
import { forUpdate } from '../lock.ts';
import { profileColumns } from './profile.ts';
import type { UpdateProfileInput } from './user.inputs.ts';
import { claiming } from './user.names.ts';
import { User } from './user.ts';

/** Each tells whether a name or an address is taken. */
const claims = { limit: 60, windowSeconds: 60 * 60 };

export class UserService {
  readonly #database: Database;
  readonly #agents: Agents;
  readonly #quota: Quota;

  constructor(database: Database, agents: Agents, quota: Quota) {
    this.#database = database;
    this.#agents = agents;
    this.#quota = quota;
  }

  /** A user, active or not; null where there is none. What one turn of the loop asks for, in whichever requests, is one statement. */
  find(id: string, context: Context): Promise<User | null> {
    return context.load(this.#byIds).load(id);
  }

  readonly #rows = together(async (ids) => {
    const wanted = ids.filter(isUuid);
    const found = wanted.length > 0 ? await this.#database.reader.findBy(User, { id: In(wanted) }) : [];
    return new Map(found.map((user) => [user.id, user]));
  });
  readonly #byIds: Batch<string, User | null> = (ids) => this.#rows(ids);

  /** @throws VALIDATION_FAILED, CONFLICT, RATE_LIMITED, UNAUTHENTICATED where the viewer has no account any more. */
  async updateProfile(input: UpdateProfileInput, context: Context): Promise<User> {
    const { userId } = context.viewer;
    const columns = profileColumns(input);
    if (columns.usernameKey !== undefined || columns.emailKey !== undefined)
      await spend(this.#quota, `claims ${userId}`, claims);
    return claiming(this.#database, columns, userId, () =>
      this.#database.write(async (tx) => {
        const user = await tx.manager.findOne(User, { where: { id: userId, active: true }, ...forUpdate(tx) });
        if (!user) throw unauthenticated();
        const changed = Object.entries(columns).filter(([column, value]) => user[column as keyof User] !== value);
        if (changed.length === 0) return user;
        const now = new Date();
        const changes: Partial<User> = { ...Object.fromEntries(changed), updatedAt: now };
        if (changes.emailKey !== undefined) changes.emailChangedAt = now;
        this.#agents.refuseReserved(changes);
        if ((changes.username ?? changes.email) !== undefined && (await isShared(tx, userId)))
          throw forbidden('All agents share this account; its names stay.', 'User');
        await tx.manager.update(User, { id: userId }, changes);
        tx.emit(events.userUpdated({ userId }));
        return Object.assign(user, changes);
      }),
    );
  }
}
