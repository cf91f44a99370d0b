import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import { networkOf } from '@kopru/runtime/client.ts';
import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { codeOf, unauthenticated, unavailable } from '@kopru/runtime/errors.ts';
import { type Allowance, type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import type { IdentitySettings } from '../config.ts';
import { type AuthPayload, authPayload } from '../session/auth-payload.ts';
import { openSession } from '../session/session.open.ts';
import type { AgentCodes } from './agent.codes.ts';
import type { CodeDelivery } from './agent.delivery.ts';
import type { RequestAgentCodePayload } from './agent.inputs.ts';
import { sharedAccount } from './agent.shared.ts';
import type { Agents } from './agents.ts';

const quarter = 15 * 60;
const hour = 60 * 60;
/** Each sends the agents a message. */
const requests = { ofAddress: { limit: 5, windowSeconds: quarter }, inAll: { limit: 20, windowSeconds: hour } };
/** Somebody may have as many addresses as they like; of a million codes, sixty an hour lead nowhere. */
const tries = { ofAddress: { limit: 10, windowSeconds: quarter }, inAll: { limit: 60, windowSeconds: hour } };

type Settings = IdentitySettings & { readonly NODE_ENV: string };

/** Signs agents in by codes that are sent to where all of them read. */
export class AgentService {
  readonly #database: Database;
  readonly #tokens: Tokens;
  readonly #agents: Agents;
  readonly #codes: AgentCodes;
  readonly #delivery: CodeDelivery;
  readonly #settings: Settings;
  readonly #quota: Quota;

  constructor(
    { database, tokens, quota }: { readonly database: Database; readonly tokens: Tokens; readonly quota: Quota },
    {
      agents,
      codes,
      delivery,
    }: { readonly agents: Agents; readonly codes: AgentCodes; readonly delivery: CodeDelivery },
    settings: Settings,
  ) {
    this.#database = database;
    this.#tokens = tokens;
    this.#quota = quota;
    this.#agents = agents;
    this.#codes = codes;
    this.#delivery = delivery;
    this.#settings = settings;
  }

  /** @throws RATE_LIMITED; UNAVAILABLE where the code reaches nobody, which makes it void. */
  async requestCode(context: Context): Promise<RequestAgentCodePayload> {
    await this.#spend('agent-codes', requests, context.client);
    const { code, expiresAt } = await this.#codes.issue();
    try {
      const delivered = await this.#delivery.deliver(code, context);
      if (!delivered && this.#settings.NODE_ENV === 'production') throw unavailable('There is no way to send a code.');
      return { delivered, code: delivered ? null : code, expiresAt };
    } catch (error) {
      await this.#codes.burn(code);
      throw codeOf(error) === 'UNAVAILABLE' ? error : unavailable('The code could not be sent.', error as Error);
    }
  }

  /** @throws UNAUTHENTICATED for a code that is wrong, spent or old; RATE_LIMITED after too many. */
  async signIn(code: string, client: Client): Promise<AuthPayload> {
    await this.#spend('agent-sign-ins', tries, client);
    const signedIn = await this.#database.write(async (tx) => {
      if (!(await this.#codes.redeem(tx, code.trim()))) return null;
      const user = await sharedAccount(tx, this.#settings.AGENT_USERNAME);
      return { user, granted: await openSession(tx, user.id, client, this.#agents.terms) };
    });
    if (!signedIn) throw unauthenticated('The code is wrong or has expired.');
    return authPayload(this.#tokens, signedIn.user, signedIn.granted);
  }

  /** @throws RATE_LIMITED for an address that does it too often, and when all of them together do */
  async #spend(
    what: string,
    { ofAddress, inAll }: Record<'ofAddress' | 'inAll', Allowance>,
    client: Client,
  ): Promise<void> {
    await spend(this.#quota, `${what} ${networkOf(client.address)}`, ofAddress);
    await spend(this.#quota, what, inAll);
  }
}
