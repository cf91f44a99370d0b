import { freePorts, ServiceProcess } from './process.ts';

/** Köprü, running, as its clients find it. Each list has one entry for each process that serves the same. */
export interface Installation extends AsyncDisposable {
  /** Chat v1 over HTTP, ending in `/api/rest`. */
  readonly rest: readonly [string, ...string[]];
  /** Chat v1 over WebSocket, ending in `/api/ws`. */
  readonly sockets: readonly [string, ...string[]];
  /** GraphQL, over HTTP and graphql-ws alike. */
  readonly graphql: readonly [string, ...string[]];
  /** Its processes, by name. */
  readonly services: ReadonlyMap<string, ServiceProcess>;
}

type Settings = Readonly<Record<string, string>>;

const origin = (port: number): string => `http://127.0.0.1:${port}`;

/** Everything in one process, over whatever `settings` name. */
export async function startEmbedded(settings: Settings): Promise<Installation> {
  const [router = 0, compat = 0] = await freePorts(2);
  const ports = { PORT: String(router), LEGACY_PORT: String(compat) };
  return start([service('start', 'start.ts', compat, { ...settings, ...ports })], [router], [compat]);
}

/** A process for each subgraph, two routers and two compat-rest, over MySQL and Redis; `settings` hold both URLs and the key. */
export async function startCluster(settings: Settings): Promise<Installation> {
  const [identity = 0, community = 0, messaging = 0, ...fronts] = await freePorts(7);
  const [routers, compats] = [fronts.slice(0, 2), fronts.slice(2)];
  const subgraphs = { identity, community, messaging };
  const shared: Settings = {
    ...settings,
    SUBGRAPH_IDENTITY_URL: `${origin(identity)}/graphql`,
    SUBGRAPH_COMMUNITY_URL: `${origin(community)}/graphql`,
    SUBGRAPH_MESSAGING_URL: `${origin(messaging)}/graphql`,
  };
  return start(
    [
      ...Object.entries(subgraphs).map(([name, port]) => service(name, `subgraphs/${name}/src/main.ts`, port, shared)),
      ...routers.map((port, index) =>
        service(`router ${index}`, 'router/src/main.ts', port, { ...shared, PORT: String(port) }),
      ),
      ...compats.map((port, index) =>
        service(`compat ${index}`, 'compat-rest/src/main.ts', port, { ...shared, LEGACY_PORT: String(port) }),
      ),
    ],
    routers,
    compats,
  );
}

const service = (name: string, entry: string, port: number, settings: Settings): ServiceProcess =>
  new ServiceProcess(name, entry, settings, `${origin(port)}/ready`);

async function start(
  services: readonly ServiceProcess[],
  routers: readonly number[],
  compats: readonly number[],
): Promise<Installation> {
  const stop = async () => {
    await Promise.all(services.map((service) => service.stop()));
  };
  try {
    await Promise.all(services.map((service) => service.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    rest: each(compats, (port) => `${origin(port)}/api/rest`),
    sockets: each(compats, (port) => `ws://127.0.0.1:${port}/api/ws`),
    graphql: each(routers, (port) => `${origin(port)}/graphql`),
    services: new Map(services.map((service) => [service.name, service])),
    [Symbol.asyncDispose]: stop,
  };
}

const each = (ports: readonly number[], url: (port: number) => string) => ports.map(url) as [string, ...string[]];
