import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { type Answer, openTestSubgraph, type TestSubgraph } from '@kopru/runtime/testing/subgraph.ts';
import { topic } from '@kopru/schema/events.ts';
import type { OpenBackend } from '@kopru/test/env/backends.ts';
import { type PermissionName, permission } from '../permission/permission.ts';
import { community } from '../subgraph.ts';

type As = string | Partial<Caller>;
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its operation.
type Data = Record<string, any>;

/** A server of a test, by the ids of what every server begins with. */
export interface TestServer {
  readonly id: string;
  readonly owner: string;
  readonly general: string;
  readonly everyone: string;
}

export const asService: Partial<Caller> = { asService: true };
export const asAudience = (...topics: string[]): Partial<Caller> => ({ audience: topics });
export const bits = (...names: PermissionName[]): string =>
  String(names.reduce((set, name) => set | permission[name], 0));

/** The community subgraph, opened for tests, with people and servers in it. */
export class TestCommunity implements AsyncDisposable {
  readonly graph: TestSubgraph;
  /** Accounts that identity does not know. */
  readonly unknown: Set<string>;
  /** Accounts that are closed. */
  readonly closed: Set<string>;
  readonly #backend: OpenBackend;

  private constructor(graph: TestSubgraph, backend: OpenBackend, unknown: Set<string>, closed: Set<string>) {
    this.graph = graph;
    this.unknown = unknown;
    this.closed = closed;
    this.#backend = backend;
  }

  static async open(openBackend: () => Promise<OpenBackend>): Promise<TestCommunity> {
    const backend = await openBackend();
    const unknown = new Set<string>();
    const closed = new Set<string>();
    const identity = (_: string, { ids = [] }: { ids?: string[] }) => ({
      revokedSessions: [],
      users: ids.map((id) => (unknown.has(id) ? null : { id, active: !closed.has(id) })),
    });
    const graph = await openTestSubgraph(community, { settings: backend.settings, peers: { identity } });
    return new TestCommunity(graph, backend, unknown, closed);
  }

  /** The data of an operation that has no errors. */
  async run(query: string, variables: Data = {}, as?: As): Promise<Data> {
    const { data, errors } = await this.graph.execute(query, variables, as);
    if (errors) throw new AggregateError(errors, errors.map(({ message }) => message).join(' '));
    return data ?? {};
  }

  /** The code, and the resource or fields, of the one error of an operation that fails: `FORBIDDEN Server`. */
  async fail(query: string, variables: Data = {}, as?: As): Promise<string> {
    return soleError(await this.graph.execute(query, variables, as));
  }

  /** The payload of a mutation with one input. */
  async change(as: As, mutation: string, input: Data, fields: string): Promise<Data> {
    return (await this.run(document(mutation, fields), { input }, as))[mutation];
  }

  /** As `fail`, for a mutation with one input. */
  refused(as: As | undefined, mutation: string, input: Data): Promise<string> {
    return this.fail(document(mutation, '__typename'), { input }, as);
  }

  async server(owner = newId(), name = 'Home'): Promise<TestServer> {
    const { server } = await this.change(owner, 'createServer', { name }, 'server { id channels { id } roles { id } }');
    return { id: server.id, owner, general: server.channels[0].id, everyone: server.roles[0].id };
  }

  async invite({ id, owner }: TestServer, input: Data = {}): Promise<string> {
    const { invite } = await this.change(owner, 'createInvite', { serverId: id, ...input }, 'invite { code }');
    return invite.code;
  }

  /** A new member, with roles. */
  async member(server: TestServer, ...roleIds: string[]): Promise<string> {
    const userId = newId();
    await this.change(userId, 'joinServer', { code: await this.invite(server) }, 'server { id }');
    for (const roleId of roleIds) await this.assign(server, userId, roleId);
    return userId;
  }

  /** A new role, the lowest but for the default one. */
  async role(server: TestServer, ...names: PermissionName[]): Promise<string> {
    const input = { serverId: server.id, name: 'role', permissions: bits(...names) };
    return (await this.change(server.owner, 'createRole', input, 'role { id }')).role.id;
  }

  async assign(server: TestServer, userId: string, roleId: string): Promise<void> {
    await this.change(server.owner, 'assignRole', { serverId: server.id, userId, roleId }, 'member { id }');
  }

  async channel(server: TestServer, name: string): Promise<string> {
    const { channel } = await this.change(
      server.owner,
      'createChannel',
      { serverId: server.id, name },
      'channel { id }',
    );
    return channel.id;
  }

  /** The channel of two people. */
  async direct(one = newId(), other = newId()): Promise<{ id: string; one: string; other: string }> {
    const { channel } = await this.change(one, 'openDirectChannel', { recipientId: other }, 'channel { id }');
    return { id: channel.id, one, other };
  }

  /** What a person has permission for in a server, as decimal text. */
  async permissions(server: TestServer, userId: string): Promise<string> {
    return (await this.run('query ($id: ID!) { server(id: $id) { viewerPermissions } }', { id: server.id }, userId))
      .server.viewerPermissions;
  }

  /** All that is said of a server and these people from here on, in order. */
  record(serverId: string, ...userIds: string[]): Promise<LogEvent[]> {
    const ofUsers = userIds.flatMap((id) => [topic.user(id), topic.accessOfUser(id)]);
    return this.graph.record(topic.server(serverId), topic.accessToServer(serverId), ...ofUsers);
  }

  /** The statements that an operation runs. */
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

export function soleError({ errors }: Pick<Answer, 'errors'>): string {
  const [error, ...others] = errors ?? [];
  if (!error || others.length > 0) throw new Error(`There are ${errors?.length ?? 0} errors.`);
  const { code, resource, fields } = error.extensions as Data;
  return [code, resource ?? (fields && Object.keys(fields).join())].filter(Boolean).join(' ');
}

/** What happened, without ids of its own. */
export const told = (events: readonly LogEvent[]) => events.map(({ type, payload }) => ({ type, ...payload }));

function document(mutation: string, fields: string): string {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
  return `mutation ($input: ${type}) { ${mutation}(input: $input) { ${fields} } }`;
}
