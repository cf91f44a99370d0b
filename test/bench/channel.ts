import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newPerson } from '../client/person.ts';
import { RestClient } from '../client/rest.ts';
import { ChannelCreated, Invited, Joined, MessageCreated, ServerCreated } from '../client/shapes.ts';
import { startEmbedded } from '../env/installation.ts';
import { load, median, type Run } from './load.ts';

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

/** A channel, its newest 20 messages and their authors, against a constant answer of the same size, in turns. */
export async function channel(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kopru-bench-'));
  try {
    await using installation = await startEmbedded({ DATA_DIR: folder, LOG_LEVEL: 'error', NODE_ENV: 'production' });
    const { token, bodies } = await seed(installation.rest[0]);
    const [url] = installation.graphql;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const sample = await (await fetch(url, { method: 'POST', headers, body: bodies[0] ?? '' })).text();
    const good = (answer: string) => answer.startsWith('{"data":{"channel":{"id"') && !answer.includes('"errors"');

    const bare = fork(fileURLToPath(new URL('constant.ts', import.meta.url)), [sample]);
    const [port] = (await once(bare, 'message')) as [number];
    const ours: Run[] = [];
    const theirs: Run[] = [];
    await load(url, headers, bodies, good, options);
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await load(url, headers, bodies, good, options));
      theirs.push(await load(`http://127.0.0.1:${port}/`, headers, bodies, good, options));
    }
    bare.disconnect();
    report(median(ours), median(theirs));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

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

function report(ours: Run, bare: Run): void {
  const line = (name: string, { perSecond, p99 }: Run) =>
    `${name.padEnd(24)}${perSecond.toFixed(0).padStart(8)} requests/s   p99 ${p99.toFixed(1)} ms`;
  console.log(`channel: ${options.connections} connections, ${ours.size} bytes, medians of ${rounds} runs in turns;`);
  console.log('the load comes from the same machine and takes its share of it.');
  console.log(line('Köprü, one process', ours));
  console.log(line('bare node:http', bare));
  console.log(`ratio: ${(ours.perSecond / bare.perSecond).toFixed(3)}`);
}
