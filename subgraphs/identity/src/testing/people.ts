import { randomBytes } from 'node:crypto';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import {
  type Answer,
  openTestSubgraph,
  type TestSubgraph,
  type TestSubgraphOptions,
} from '@kopru/runtime/testing/subgraph.ts';
import type { OpenBackend } from '@kopru/test/env/backends.ts';
import { identity } from '../subgraph.ts';

type As = string | Partial<Caller>;
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its operation.
type Data = Record<string, any>;

/** A user of a test, and what signing in gave. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly sessionId: string;
  readonly refreshToken: string;
  /** To call as this user, in this session. */
  readonly as: Partial<Caller>;
}

const auth = `user { id username email } session { id } accessToken refreshToken`;
const registerMutation = `mutation ($input: RegisterInput!) { register(input: $input) { ${auth} } }`;
const loginMutation = `mutation ($input: LoginInput!) { login(input: $input) { ${auth} } }`;

export const somebody = (): { username: string; email: string; password: string } => {
  const username = `user-${randomBytes(5).toString('hex')}`;
  return { username, email: `${username}@example.org`, password: 'correct horse' };
};

/** The identity subgraph, opened for tests, and people in it. */
export class TestIdentity implements AsyncDisposable {
  #graph: TestSubgraph;
  readonly #backend: OpenBackend;

  private constructor(graph: TestSubgraph, backend: OpenBackend) {
    this.#graph = graph;
    this.#backend = backend;
  }

  get graph(): TestSubgraph {
    return this.#graph;
  }

  static async open(
    openBackend: () => Promise<OpenBackend>,
    { settings, ...more }: TestSubgraphOptions = {},
  ): Promise<TestIdentity> {
    const backend = await openBackend();
    const all = { ...backend.settings, ...settings };
    return new TestIdentity(await openTestSubgraph(identity, { settings: all, ...more }), backend);
  }

  /** The same subgraph, closed and started again with other settings. */
  async restart(settings: NodeJS.ProcessEnv): Promise<void> {
    await this.#graph[Symbol.asyncDispose]();
    this.#graph = await openTestSubgraph(identity, { settings: { ...this.#backend.settings, ...settings } });
  }

  /** The data of an operation that has no errors. */
  async run(query: string, variables: Data = {}, as?: As): Promise<Data> {
    const { data, errors } = await this.graph.execute(query, variables, as);
    if (errors) throw new AggregateError(errors, errors.map(({ message }) => message).join(' '));
    return data ?? {};
  }

  /** The one error of an operation that fails: its message and extensions. */
  async fail(query: string, variables: Data = {}, as?: As): Promise<Data> {
    return soleError(await this.graph.execute(query, variables, as));
  }

  async register(input: Data = {}): Promise<Person> {
    const account = { ...somebody(), ...input };
    return person(account.password, (await this.run(registerMutation, { input: account })).register);
  }

  registerFails(input: Data): Promise<Data> {
    return this.fail(registerMutation, { input: { ...somebody(), ...input } });
  }

  /** Another session of a person. */
  async login({ username, password }: Pick<Person, 'username' | 'password'>, as?: As): Promise<Person> {
    return person(password, (await this.run(loginMutation, { input: { login: username, password } }, as)).login);
  }

  loginFails(login: string, password: string, as?: As): Promise<Data> {
    return this.fail(loginMutation, { input: { login, password } }, as);
  }

  /** How many statements an operation runs. */
  async statements(operation: () => Promise<unknown>): Promise<string[]> {
    const statements: string[] = [];
    const stop = this.graph.database.onStatement((sql) => statements.push(sql));
    await operation();
    stop();
    return statements;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.graph[Symbol.asyncDispose]();
    await this.#backend[Symbol.asyncDispose]();
  }
}

export function soleError({ errors }: Answer): Data {
  const [error, ...others] = errors ?? [];
  if (!error || others.length > 0) throw new Error(`There are ${errors?.length ?? 0} errors.`);
  return { message: error.message, ...error.extensions };
}

function person(password: string, { user, session, accessToken, refreshToken }: Data): Person {
  return { ...user, password, sessionId: session.id, refreshToken, as: { token: accessToken } };
}
