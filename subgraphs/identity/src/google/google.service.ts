import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { KopruError, notFound, unauthenticated } from '@kopru/runtime/errors.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import { In } from 'typeorm';
import type { Agents } from '../agent/agents.ts';
import { forUpdate } from '../lock.ts';
import { type AuthPayload, authPayload } from '../session/auth-payload.ts';
import { openSession } from '../session/session.open.ts';
import { User } from '../user/user.ts';
import { GoogleAccount } from './google.account.ts';
import type { LoginWithGoogleInput, RefreshGoogleSessionInput } from './google.inputs.ts';
import { type Linked, linkByAddress } from './google.link.ts';
import { makeAccount } from './google.register.ts';
import type { GooglePerson, GoogleTokens } from './google.token.ts';

/** How often it is tried where somebody took the name or the address meanwhile. */
const mostTries = 3;

/** Signs people in by what Google says of them. Accounts go by Google's id of theirs. */
export class GoogleService {
  readonly #database: Database;
  readonly #tokens: Tokens;
  readonly #agents: Agents;
  readonly #google: GoogleTokens;

  constructor(database: Database, tokens: Tokens, agents: Agents, google: GoogleTokens) {
    this.#database = database;
    this.#tokens = tokens;
    this.#agents = agents;
    this.#google = google;
  }

  /** Makes an account where there is none. @throws UNAUTHENTICATED, CONFLICT, VALIDATION_FAILED, UNAVAILABLE, FORBIDDEN */
  async login({ token, lastingRefreshToken }: LoginWithGoogleInput, client: Client): Promise<AuthPayload> {
    const person = await this.#google.read(token);
    const signIn = () =>
      this.#signIn(
        { client, lastingRefreshToken },
        async (tx) =>
          (await known(tx, person)) ??
          (await linkByAddress(tx, person)) ??
          (await makeAccount(tx, person, this.#agents.reserved)),
      );
    for (let tries = 1; ; tries++)
      try {
        return await signIn();
      } catch (error) {
        // A unique index refused it; whatever took the place is found by the next try.
        if (error instanceof KopruError || tries === mostTries) throw error;
      }
  }

  /** The same for somebody who has signed in so before. @throws NOT_FOUND where they have not; UNAUTHENTICATED, UNAVAILABLE, FORBIDDEN */
  async refresh({ token, lastingRefreshToken }: RefreshGoogleSessionInput, client: Client): Promise<AuthPayload> {
    const person = await this.#google.read(token);
    return this.#signIn({ client, lastingRefreshToken }, async (tx) => {
      const linked = await known(tx, person);
      if (!linked) throw notFound('User');
      return linked;
    });
  }

  /** Google's id of a user's account there, or null. All that one tick asks for is one statement. */
  idOf(userId: string, context: Context): Promise<string | null> {
    return context.load(this.#byUsers).load(userId);
  }

  readonly #byUsers: Batch<string, string | null> = async (userIds) => {
    const found = await this.#database.reader.findBy(GoogleAccount, { userId: In([...userIds]) });
    const byUser = new Map(found.map(({ id, userId }) => [userId, id]));
    return userIds.map((userId) => byUser.get(userId) ?? null);
  };

  async #signIn(
    { client, lastingRefreshToken }: { readonly client: Client; readonly lastingRefreshToken: boolean },
    find: (tx: Transaction) => Promise<Linked>,
  ): Promise<AuthPayload> {
    const { user, ended, granted } = await this.#database.write(async (tx) => {
      const linked = await find(tx);
      const { user } = linked;
      const terms = await this.#agents.termsOf(tx, user, lastingRefreshToken);
      return { ...linked, granted: await openSession(tx, user.id, client, terms) };
    });
    this.#tokens.revoke(ended);
    return authPayload(this.#tokens, user, granted);
  }
}

/** The account that this Google account signs in to. @throws UNAUTHENTICATED where it is closed */
async function known(tx: Transaction, { id }: GooglePerson): Promise<Linked | null> {
  const account = await tx.manager.findOneBy(GoogleAccount, { id });
  const user = account && (await tx.manager.findOne(User, { where: { id: account.userId }, ...forUpdate(tx) }));
  if (user && !user.active) throw unauthenticated('This account is closed.');
  return user && { user, ended: [] };
}
