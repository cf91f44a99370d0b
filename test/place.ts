import { afterAll, afterEach, beforeAll, describe, onTestFinished, test } from 'vitest';
import { newPrivateKey } from './client/forge.ts';
import { GraphClient, type GraphSocket, type Live } from './client/graphql.ts';
import { newPerson, type Person } from './client/person.ts';
import { RestClient } from './client/rest.ts';
import { Channels, Invited, Joined, ServerCreated } from './client/shapes.ts';
import { ChatSocket, type SocketOptions } from './client/socket.ts';
import { type Backend, backends, eventBackends } from './env/backends.ts';
import { type Installation, startCluster, startEmbedded } from './env/installation.ts';
import type { OpenBackend } from './env/open.ts';

type Settings = Readonly<Record<string, string>>;
export type Start = (settings: Settings) => Promise<Installation>;

/** Runs the same tests over every backend, each on an installation of its own in one process. */
export function overEveryBackend(tests: (place: Place) => void, settings: Settings = {}): void {
  describe.each(backends)('$name', ({ open }) => tests(running(open, startEmbedded, settings)));
}

/** Runs tests on an installation of many processes, two for each front, over every backend that they can share, with and without RabbitMQ. */
export function overCluster(tests: (place: Place, backend: Backend) => void): void {
  const shared = eventBackends.filter((backend) => backend.shared);
  describe.each(shared)('$name, a process for each service', (backend) =>
    tests(running(backend.open, startCluster, {}), backend),
  );
  if (shared.length === 0) test.skip('left out: MariaDB and Redis cannot be reached', () => undefined);
}

/** A place that runs while the tests of the suite around it do. */
export function running(open: () => Promise<OpenBackend>, start: Start, settings: Settings): Place {
  const place = new Place();
  beforeAll(() => place.start(open, start, settings));
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') console.error(place.log);
  });
  afterAll(() => place.stop());
  return place;
}

/** An installation under test, with what most tests need of it. `at` counts its processes of a kind, and starts over. */
export class Place {
  readonly privateKey = newPrivateKey();
  #backend: OpenBackend | undefined;
  #installation: Installation | undefined;

  async start(open: () => Promise<OpenBackend>, start: Start, settings: Settings): Promise<void> {
    this.#backend = await open();
    const key = { JWT_PRIVATE_KEY: this.privateKey };
    this.#installation = await start({ LOG_LEVEL: 'warn', ...key, ...this.#backend.settings, ...settings });
  }

  async stop(): Promise<void> {
    await this.#installation?.[Symbol.asyncDispose]();
    await this.#backend?.[Symbol.asyncDispose]();
  }

  /** What its processes wrote. */
  get log(): string {
    const services = [...(this.#installation?.services.values() ?? [])];
    return services.map(({ name, log }) => `${name}:\n${log}`).join('\n');
  }

  get settings(): Settings {
    return this.#backend?.settings ?? {};
  }

  get installation(): Installation {
    if (!this.#installation) throw new Error('The installation is not running.');
    return this.#installation;
  }

  /** Chat v1 as nobody. */
  get rest(): RestClient {
    return this.restAt(0);
  }

  restAt(at: number): RestClient {
    return new RestClient(one(this.installation.rest, at));
  }

  /** Where the older systems are served that share an origin. */
  get origin(): string {
    return new URL(this.rest.url).origin;
  }

  graph(person?: Person, at = 0): GraphClient {
    return new GraphClient(one(this.installation.graphql, at), person?.token);
  }

  /** A graphql-ws connection of somebody's, closed when the test ends. */
  socket(person: Person, at = 0): GraphSocket {
    const socket = this.graph(person, at).connect(person.username);
    onTestFinished(() => socket[Symbol.asyncDispose]());
    return socket;
  }

  /** A subscription on a connection of its own. */
  live<Data>(
    person: Person,
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    at = 0,
  ): Promise<Live<Data>> {
    return this.socket(person, at).subscribe<Data>(query, variables);
  }

  /** Somebody new, who calls the compat-rest `at`. */
  person(name?: string, at = 0): Promise<Person> {
    return newPerson(this.restAt(at), name);
  }

  /** A socket of Chat v1 that is closed when the test ends. */
  open(options: SocketOptions = {}, at = 0): ChatSocket {
    const socket = ChatSocket.open(one(this.installation.sockets, at), options);
    onTestFinished(() => socket.drop());
    return socket;
  }

  /** The same for somebody, once it is connected: from there on it hears everything. */
  async connect({ token, username }: Person, at = 0): Promise<ChatSocket> {
    const socket = await ChatSocket.connect(one(this.installation.sockets, at), token, username);
    onTestFinished(() => socket.drop());
    return socket;
  }

  /** Lets `guest` into the server of `owner`, by an invite. */
  async join(owner: Person, guest: Person, serverId: string): Promise<void> {
    const { invite } = await owner.rest.post(`/servers/${serverId}/invites`, undefined, Invited);
    await guest.rest.post(`/invites/${invite.code}`, undefined, Joined);
  }

  /** A server of somebody's, and the channel in it, without messages. */
  async server(owner: Person) {
    const { server_id } = await owner.rest.post('/servers', { name: 'Köprü' }, ServerCreated);
    const { channels } = await owner.rest.get(`/servers/${server_id}/channels`, Channels);
    const channel_id = channels[0]?.id ?? '';
    return { server_id, channel_id, messages: `/channels/${channel_id}/messages` };
  }

  /** A server with an owner and a member, who call different processes where there are several. */
  async channel() {
    const [owner, member] = await Promise.all([this.person('owner'), this.person('member', 1)]);
    const server = await this.server(owner);
    await this.join(owner, member, server.server_id);
    return { owner, member, ...server };
  }
}

const one = (urls: readonly [string, ...string[]], at: number): string => urls[at % urls.length] ?? urls[0];
