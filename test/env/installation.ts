import { freePorts, ServiceProcess } from './process.ts';

/** Köprü, running, as its clients find it. Each list has one entry for each process that serves the same. */
export interface Installation extends AsyncDisposable {
  /** Chat v1 over HTTP, ending in `/api/rest`. */
  readonly rest: readonly [string, ...string[]];
  /** Chat v1 over WebSocket, ending in `/api/ws`. */
  readonly sockets: readonly [string, ...string[]];
  /** The WebSocket Gateway, without a path. */
  readonly gateways: readonly [string, ...string[]];
  /** What the gateway answers over HTTP. */
  readonly gatewayHttp: readonly [string, ...string[]];
  /** GraphQL, over HTTP and graphql-ws alike. */
  readonly graphql: readonly [string, ...string[]];
  /** Where each subgraph is reached that has a process of its own. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Its processes, by name. */
  readonly services: ReadonlyMap<string, ServiceProcess>;
}

type Settings = Readonly<Record<string, string>>;

const origin = (port: number): string => `http://127.0.0.1:${port}`;

/** The ports of one compat-rest. */
interface Compat {
  readonly legacy: number;
  readonly socket: number;
  readonly http: number;
}

const compatOf = ([legacy = 0, socket = 0, http = 0]: readonly number[]): Compat => ({ legacy, socket, http });

const compatPorts = ({ legacy, socket, http }: Compat): Settings => ({
  LEGACY_PORT: String(legacy),
  GATEWAY_WS_PORT: String(socket),
  GATEWAY_HTTP_PORT: String(http),
});

/** Everything in one process, over whatever `settings` name. */
export async function startEmbedded(settings: Settings): Promise<Installation> {
  const [router = 0, ...others] = await freePorts(4);
  const compat = compatOf(others);
  const ports = { PORT: String(router), ...compatPorts(compat) };
  return start([service('start', 'start.ts', compat.legacy, { ...settings, ...ports })], {}, [router], [compat]);
}

const subgraphNames = ['identity', 'community', 'messaging', 'support', 'dreams'] as const;

/** A process for each subgraph, two routers and so many compat-rest, over MySQL and Redis; `settings` hold both URLs and the key. */
export async function startCluster(settings: Settings, compatCount = 2): Promise<Installation> {
  const ports = await freePorts(subgraphNames.length + 2 + 3 * compatCount);
  const subgraphs = Object.fromEntries(subgraphNames.map((name) => [name, ports.shift() ?? 0]));
  const routers = ports.splice(0, 2);
  const compats = Array.from({ length: compatCount }, (_, index) => compatOf(ports.slice(3 * index)));
  const urls = Object.fromEntries(Object.entries(subgraphs).map(([name, port]) => [name, `${origin(port)}/graphql`]));
  const shared: Settings = {
    ...settings,
    ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`SUBGRAPH_${name.toUpperCase()}_URL`, url])),
  };
  return start(
    [
      ...Object.entries(subgraphs).map(([name, port]) => service(name, `subgraphs/${name}/src/main.ts`, port, shared)),
      ...routers.map((port, index) =>
        service(`router ${index}`, 'router/src/main.ts', port, { ...shared, PORT: String(port) }),
      ),
      ...compats.map((compat, index) =>
        service(`compat ${index}`, 'compat-rest/src/main.ts', compat.legacy, { ...shared, ...compatPorts(compat) }),
      ),
    ],
    urls,
    routers,
    compats,
  );
}

const service = (name: string, entry: string, port: number, settings: Settings): ServiceProcess =>
  new ServiceProcess(name, entry, settings, `${origin(port)}/ready`);

async function start(
  services: readonly ServiceProcess[],
  subgraphs: Installation['subgraphs'],
  routers: readonly number[],
  compats: readonly Compat[],
): Promise<Installation> {
  const stop = async () => {
    await Promise.all(services.map((service) => service.stop()));
  };
  try {
    await Promise.all(services.map((service) => service.start()));
  } catch (error) {
    await Promise.all(services.map((service) => service.kill()));
    throw error;
  }
  return {
    rest: each(compats, ({ legacy }) => `${origin(legacy)}/api/rest`),
    sockets: each(compats, ({ legacy }) => `ws://127.0.0.1:${legacy}/api/ws`),
    gateways: each(compats, ({ socket }) => `ws://127.0.0.1:${socket}`),
    gatewayHttp: each(compats, ({ http }) => origin(http)),
    graphql: each(routers, (port) => `${origin(port)}/graphql`),
    subgraphs,
    services: new Map(services.map((service) => [service.name, service])),
    [Symbol.asyncDispose]: stop,
  };
}

const each = <Of>(processes: readonly Of[], url: (of: Of) => string) => processes.map(url) as [string, ...string[]];
