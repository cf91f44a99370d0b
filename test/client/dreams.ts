import { z } from 'zod';
import { type Reply, RestClient } from './rest.ts';

/** The shapes of Dreamalyze, as its document has them. Keys beyond these may be added. */
const time = z.iso.datetime({ offset: false });
export const Account = z.looseObject({
  id: z.uuid(),
  username: z.string(),
  email: z.email(),
  is_active: z.boolean(),
  image: z.url().nullable(),
  google_id: z.string().nullable(),
  last_chat_at: time.nullable(),
  user_created_at: time,
  user_updated_at: time,
  user_deleted_at: z.null(),
  credits: z.looseObject({ total_amount: z.int(), amount: z.int() }),
});
export const Tokens = z.looseObject({ refresh: z.string().min(20), access: z.jwt() });
export const SignedIn = Tokens.extend({ user: Account });
const Refreshed = z.looseObject({ access: z.jwt(), refresh: z.string().min(20).optional() });
export const Dream = z.looseObject({
  id: z.uuid(),
  author: z.email(),
  title: z.string().min(1).max(100),
  description: z.string().nullable(),
  created_at: time,
  updated_at: time,
  deleted_at: z.null(),
  is_active: z.boolean(),
});
export const Message = z.looseObject({
  id: z.int(),
  dream: z.uuid(),
  role: z.enum(['user', 'analyst', 'system']),
  message: z.string().min(1),
  created_at: time,
});
const Conversation = z.looseObject({ user: Message, analyst: Message.nullable() });

/** An answer that is no success. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor({ call, status, body }: Reply) {
    super(`${call} answered ${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

/**
 * A client as one is written against Django REST framework and SimpleJWT: it keeps two tokens, sends the access token
 * with everything, and exchanges the refresh token when that is `token_not_valid`.
 */
export class DreamsClient {
  readonly #rest: RestClient;
  #tokens: { access: string; refresh: string } | undefined;

  /** `origin` is where the older systems are served. */
  constructor(origin: string) {
    this.#rest = new RestClient(`${origin}/api/user`);
  }

  get tokens(): { access: string; refresh: string } {
    if (!this.#tokens) throw new Error('Nobody is signed in.');
    return this.#tokens;
  }

  /** As where another access token is kept than the one that was given. */
  keep(access: string): void {
    this.#tokens = { ...this.tokens, access };
  }

  register(account: { username: string; email: string; password: string }): Promise<z.infer<typeof Account>> {
    return this.#call('POST', '/register/', 201, Account, account);
  }

  async login(email: string, password: string): Promise<z.infer<typeof Account>> {
    const { access, refresh, user } = await this.#call('POST', '/login/', 200, SignedIn, { email, password });
    this.#tokens = { access, refresh };
    return user;
  }

  async refresh(): Promise<void> {
    const { refresh } = this.tokens;
    const given = await this.#call('POST', '/token/refresh/', 200, Refreshed, { refresh });
    this.#tokens = { access: given.access, refresh: given.refresh ?? refresh };
  }

  me(): Promise<z.infer<typeof Account>> {
    return this.#signed('GET', '/me/', 200, Account);
  }

  dreams(): Promise<z.infer<typeof Dream>[]> {
    return this.#signed('GET', '/me/dreams/', 200, z.array(Dream));
  }

  createDream(dream: object): Promise<z.infer<typeof Dream>> {
    return this.#signed('POST', '/me/dreams/', 201, Dream, dream);
  }

  messages(dreamId: string): Promise<z.infer<typeof Message>[]> {
    return this.#signed('GET', `/me/dream/${dreamId}/messages/`, 200, z.array(Message));
  }

  say(dreamId: string, message: string): Promise<z.infer<typeof Conversation>> {
    return this.#signed('POST', `/me/dream/${dreamId}/messages/`, 201, Conversation, { message });
  }

  /** With the access token; with another, once, where that is not valid any more. */
  async #signed<Shape extends z.ZodType>(
    method: string,
    path: string,
    status: number,
    shape: Shape,
    json?: object,
  ): Promise<z.infer<Shape>> {
    try {
      return await this.#call(method, path, status, shape, json, this.tokens.access);
    } catch (error) {
      const { code } = error instanceof ApiError ? (error.body as { code?: string }) : {};
      if (code !== 'token_not_valid') throw error;
      await this.refresh();
      return this.#call(method, path, status, shape, json, this.tokens.access);
    }
  }

  async #call<Shape extends z.ZodType>(
    method: string,
    path: string,
    status: number,
    shape: Shape,
    json?: object,
    token?: string,
  ): Promise<z.infer<Shape>> {
    const rest = token === undefined ? this.#rest : this.#rest.as(token);
    const reply = await rest.send(method, path, { json });
    if (reply.status !== status) throw new ApiError(reply);
    return shape.parse(reply.body);
  }
}
