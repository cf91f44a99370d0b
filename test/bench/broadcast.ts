import { resolve } from 'node:path';
import { newPrivateKey } from '../client/forge.ts';
import { newPerson, type Person } from '../client/person.ts';
import { RestClient } from '../client/rest.ts';
import { Channels, Invited, Joined, ServerCreated } from '../client/shapes.ts';
import { until } from '../client/until.ts';
import { type OpenBackend, openEmbedded, openServers } from '../env/open.ts';
import { findServices } from '../env/services.ts';
import type { Crowd, CrowdHandlers, Line } from './broadcast.crowd.ts';
import type { HostHandlers } from './broadcast.host.ts';
import type { RawHandlers } from './broadcast.raw.ts';
import { medians, table } from './figures.ts';
import { Worker } from './worker.ts';

/** A way in which sockets are told of messages. */
export interface Front {
  readonly name: string;
  readonly url: (urls: Awaited<ReturnType<HostHandlers['open']>>) => string;
  readonly protocol?: string;
  readonly script: (
    person: Person,
    where: { readonly serverId: string; readonly channelId: string },
  ) => readonly Line[];
}

const socketCount = 1_000;
const peopleCount = 50;
const rounds = 5;
/** How many events are announced at once, and how often. */
const paces = [
  { name: 'one at a time', count: 1, times: 100 },
  { name: 'ten at a time', count: 10, times: 30 },
] as const;
const content = 'what the bench says';

type Figures = {
  /** CPU of the server, in microseconds a frame. */
  readonly cpu: number;
  /** From the event to half, and to 99 of 100, of the sockets, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
};

/** Messages to many sockets through a front, against the same frame from a server that does nothing else, in turns. */
export async function broadcast(front: Front): Promise<void> {
  const services = await findServices(process.env);
  const rows = [['', 'CPU µs a frame', 'times raw', 'p50 ms', 'p99 ms']];
  const memory: string[] = [];
  const backends: { name: string; open: () => Promise<OpenBackend> }[] = [
    { name: 'SQLite + memory', open: openEmbedded },
  ];
  if (services.database.version !== null && services.redis.version !== null)
    backends.push({ name: 'MariaDB + Redis', open: () => openServers(services) });
  for (const { name, open } of backends) {
    await using backend = await open();
    const { ours, raw, ourRss, rawRss } = await measure(front, backend.settings);
    for (const pace of paces) {
      rows.push(row(`${name}, ${pace.name}`, ours[pace.name], raw[pace.name]));
      rows.push(row('- raw ws', raw[pace.name], raw[pace.name]));
    }
    memory.push(`${name}: ${kilobytes(ourRss)} kB of memory an idle socket, raw ws ${kilobytes(rawRss)} kB.`);
  }
  console.log(
    `\n${front.name}: ${socketCount} sockets of ${peopleCount} people on one channel, medians of ${rounds} rounds in turns\n`,
  );
  console.log(`${table(rows)}\n\n${memory.join('\n')}`);
}

const row = (name: string, { cpu, p50, p99 }: Figures, raw: Figures): string[] => [
  name,
  cpu.toFixed(2),
  (cpu / raw.cpu).toFixed(2),
  p50.toFixed(1),
  p99.toFixed(1),
];
const kilobytes = (bytes: number): string => (bytes / 1_000).toFixed(1);

type Paces = Record<(typeof paces)[number]['name'], Figures>;

async function measure(front: Front, settings: Readonly<Record<string, string>>) {
  const profile = process.env.BENCH_PROFILE;
  await using host = new Worker<HostHandlers>('broadcast.host.ts', {
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    PORT: '0',
    LEGACY_PORT: '0',
    GATEWAY_WS_PORT: '0',
    GATEWAY_HTTP_PORT: '0',
    HEARTBEAT_SECONDS: '600',
    JWT_PRIVATE_KEY: newPrivateKey(),
    ...(profile && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${resolve(profile)}` }),
    ...settings,
  });
  await using raw = new Worker<RawHandlers>('broadcast.raw.ts');
  await using ourCrowd = new Worker<CrowdHandlers>('broadcast.crowd.ts');
  await using rawCrowd = new Worker<CrowdHandlers>('broadcast.crowd.ts');

  const urls = await host.ask('open');
  const { people, serverId, channelId } = await settle(new RestClient(urls.rest));
  const message = { channelId, serverId, authorId: people[0]?.id ?? '', content };
  const scripts = Array.from({ length: socketCount }, (_, index) => {
    const person = people[index % people.length];
    if (!person) throw new Error('There is nobody.');
    return front.script(person, { serverId, channelId });
  });
  const ourDoor = { url: front.url(urls), ...(front.protocol && { protocol: front.protocol }), scripts };
  await ourCrowd.ask('open', ourDoor);
  const ourRss = await grown(host, ourDoor);
  await ourCrowd.ask('listen', content);
  await until(async () => {
    await host.ask('publish', { ...message, count: 1 });
    return (await ourCrowd.ask('heard')).sockets === socketCount;
  });
  const { sample } = await ourCrowd.ask('heard');

  const url = await raw.ask('open');
  const rawDoor = { url, scripts: scripts.map(() => []) };
  await rawCrowd.ask('open', rawDoor);
  const rawRss = await grown(raw, rawDoor);
  await rawCrowd.ask('listen', content);

  const rows: { pace: string; ours: Figures; raw: Figures }[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const { name, count, times } of paces) {
      const publishOurs = () => host.ask('publish', { ...message, count });
      const publishRaw = () => raw.ask('publish', { text: sample, count });
      const ours = await run(host, ourCrowd, publishOurs, count, times);
      const theirs = await run(raw, rawCrowd, publishRaw, count, times);
      // The first round warms up.
      if (round > 0) rows.push({ pace: name, ours, raw: theirs });
    }
  const of = (side: 'ours' | 'raw'): Paces =>
    Object.fromEntries(
      paces.map(({ name }) => [name, medians(rows.flatMap((row) => (row.pace === name ? row[side] : [])))]),
    ) as Paces;
  return { ours: of('ours'), raw: of('raw'), ourRss, rawRss };
}

/** Announces `times` over, each time `count` events at once, and waits until everybody has them. */
async function run(
  server: { ask(name: 'cpu'): Promise<number> },
  crowd: Worker<CrowdHandlers>,
  publish: () => Promise<number>,
  count: number,
  times: number,
): Promise<Figures> {
  const p50: number[] = [];
  const p99: number[] = [];
  const before = await server.ask('cpu');
  for (let time = 0; time < times; time += 1) {
    await crowd.ask('forget');
    const startedAt = await publish();
    const arrival = await crowd.ask('all', count * socketCount);
    p50.push(arrival.p50 - startedAt);
    p99.push(arrival.p99 - startedAt);
  }
  const after = await server.ask('cpu');
  const { p50: middle, p99: late } = medians(
    p50.map((value, at) => ({ p50: value / 1_000, p99: (p99[at] ?? 0) / 1_000 })),
  );
  return { cpu: (after - before) / (times * count * socketCount), p50: middle, p99: late };
}

/** By how many bytes a socket a server's memory grows when as many again come and stay idle; what it needs once for all it has by then. */
async function grown(server: { ask(name: 'rss'): Promise<number> }, door: Crowd): Promise<number> {
  await using others = new Worker<CrowdHandlers>('broadcast.crowd.ts');
  const before = await server.ask('rss');
  await others.ask('open', door);
  return ((await server.ask('rss')) - before) / door.scripts.length;
}

/** A server with everybody in it. */
async function settle(rest: RestClient) {
  const people: Person[] = [];
  for (let number = 0; number < peopleCount; number += 1) people.push(await newPerson(rest));
  const [owner, ...guests] = people;
  if (!owner) throw new Error('There is nobody.');
  const { server_id } = await owner.rest.post('/servers', { name: 'bench' }, ServerCreated);
  const { channels } = await owner.rest.get(`/servers/${server_id}/channels`, Channels);
  const { invite } = await owner.rest.post(`/servers/${server_id}/invites`, undefined, Invited);
  for (const guest of guests) await guest.rest.post(`/invites/${invite.code}`, undefined, Joined);
  return { people, serverId: server_id, channelId: channels[0]?.id ?? '' };
}
