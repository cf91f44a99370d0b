import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { newPerson } from '../client/person.ts';
import { RestClient } from '../client/rest.ts';
import { ChannelCreated, Invited, Joined, MessageCreated, ServerCreated } from '../client/shapes.ts';
import type { Installation } from '../env/installation.ts';
import { cpuOf } from './cpu.ts';
import { medians, table } from './figures.ts';
import { load, type Run } from './load.ts';
import { at, places } from './places.ts';

const query = /* GraphQL */ `
  query Channel($id: ID!) {
    channel(id: $id) {
      id
      name
      messages(last: 20) { edges { node { id content createdAt author { id username } } } }
    }
  }`;
const channelCount = 16;
const rounds = 5;
const options = { connections: 32, duration: 4_000 };

type Cost = Run & {
  /** CPU of all of Köprü's processes, in microseconds an answer. */
  readonly cpu: number;
};

/** A channel, its newest 20 messages and their authors, wherever Köprü can run, against a constant answer of the same size, in turns. */
export async function channel(): Promise<void> {
  const rows = [['', 'requests/s', 'of bare', 'p50 ms', 'p99 ms', 'CPU µs a request', 'times bare']];
  for (const place of await places()) {
    const { ours, bare } = await at(place, {}, measure);
    rows.push(row(place.name, ours, bare), row('- bare node:http', bare, bare));
  }
  console.log(
    `\nchannel: ${options.connections} connections, medians of ${rounds} runs of ${options.duration / 1_000} s, in turns\n`,
  );
  console.log(table(rows));
}

async function measure({ rest, graphql: [url], services }: Installation): Promise<{ ours: Cost; bare: Cost }> {
  const { token, bodies } = await seed(rest[0]);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const sample = await (await fetch(url, { method: 'POST', headers, body: bodies[0] ?? '' })).text();
  const good = (answer: string) => answer.startsWith('{"data":{"channel":{"id"') && !answer.includes('"errors"');

  const child = fork(fileURLToPath(new URL('constant.ts', import.meta.url)), [sample]);
  const [port] = (await once(child, 'message')) as [number];
  const pids = [...services.values()].map(({ pid }) => pid);
  const cost = async (pids: readonly number[], url: string): Promise<Cost> => {
    const before = await cpuOf(pids);
    const run = await load(url, headers, bodies, good, options);
    return { ...run, cpu: ((await cpuOf(pids)) - before) / run.answers };
  };
  const ours: Cost[] = [];
  const bare: Cost[] = [];
  await load(url, headers, bodies, good, options);
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await cost(pids, url));
    bare.push(await cost([child.pid ?? 0], `http://127.0.0.1:${port}/`));
  }
  child.disconnect();
  return { ours: medians(ours), bare: medians(bare) };
}

const row = (name: string, { perSecond, p50, p99, cpu }: Cost, bare: Cost): string[] => [
  name,
  perSecond.toFixed(0),
  (perSecond / bare.perSecond).toFixed(3),
  p50.toFixed(1),
  p99.toFixed(1),
  cpu.toFixed(0),
  (cpu / bare.cpu).toFixed(1),
];

/** Channels with 20 messages of two authors each, and a body that asks for each of them. */
async function seed(rest: string): Promise<{ token: string; bodies: string[] }> {
  const [owner, guest] = [await newPerson(new RestClient(rest)), await newPerson(new RestClient(rest))];
  const { server_id } = await owner.rest.post('/servers', { name: 'bench' }, ServerCreated);
  const { invite } = await owner.rest.post(`/servers/${server_id}/invites`, undefined, Invited);
  await guest.rest.post(`/invites/${invite.code}`, undefined, Joined);
  const bodies: string[] = [];
  for (let number = 0; number < channelCount; number += 1) {
    const path = `/servers/${server_id}/channels`;
    const { channel } = await owner.rest.post(path, { name: `channel ${number}` }, ChannelCreated);
    for (let message = 0; message < 20; message += 1) {
      const { rest } = message % 2 ? owner : guest;
      await rest.post(`/channels/${channel.id}/messages`, { content: `message ${message}` }, MessageCreated);
    }
    bodies.push(JSON.stringify({ query, variables: { id: channel.id } }));
  }
  return { token: owner.token, bodies };
}
