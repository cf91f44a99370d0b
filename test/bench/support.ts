import { setTimeout } from 'node:timers/promises';
import type { SupportSocket } from '../client/support.ts';
import type { Installation } from '../env/installation.ts';
import { cpuOf } from './cpu.ts';
import { quantile, table } from './figures.ts';
import { at, places } from './places.ts';
import { type Crowd, gather } from './support.crowd.ts';

const crowd = { visitors: 500, agents: 20 } as const;
/** How often each visitor writes, and for how long, in milliseconds. */
const pace = { every: 5_000, during: 60_000 } as const;

/** How long an answer may take on a machine that is too slow for this, in milliseconds. */
const patience = 120_000;

interface Outcome {
  readonly sent: number;
  /** Refused, or without an answer. */
  readonly untaken: number;
  /** To all agents together. */
  readonly delivered: number;
  readonly lost: number;
  /** Beyond the first of each message to each agent. */
  readonly repeated: number;
  /** From the emit of each message to each agent's hearing it, in milliseconds, in ascending order. */
  readonly delays: readonly number[];
  /** Of the process, in microseconds. */
  readonly cpu: number;
}

/** 500 visitors who each write every five seconds for a minute, and 20 agents who hear all of it, on one process of the support chat. */
export async function support(): Promise<void> {
  const rows = [
    ['place', 'sent', 'not taken', 'delivered', 'lost', 'repeated', 'p50', 'p99', 'slowest', 'CPU a delivery'],
  ];
  for (const place of await places()) {
    // Everybody comes from this machine: each says an address of their own, and that is believed.
    const { sent, untaken, delivered, lost, repeated, delays, cpu } = await at(
      place,
      { TRUST_PROXY: 'true', NODE_ENV: 'development' },
      run,
    );
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    rows.push([
      place.name,
      String(sent),
      String(untaken),
      String(delivered),
      String(lost),
      String(repeated),
      ms(quantile(delays, 0.5)),
      ms(quantile(delays, 0.99)),
      ms(delays.at(-1) ?? Number.NaN),
      `${(cpu / delivered).toFixed(0)} µs`,
    ]);
    if (untaken + lost + repeated > 0) process.exitCode = 1;
  }
  console.log(
    `support: ${crowd.visitors} visitors, each a message every ${pace.every / 1_000} s for a minute; ${crowd.agents} agents.`,
  );
  console.log('The clients run in one process on the same machine and take their share of it.\n');
  console.log(table(rows));
}

async function run(installation: Installation): Promise<Outcome> {
  const people = await gather(installation, crowd);
  const pids = [...installation.services.values()].map(({ pid }) => pid);
  const before = await cpuOf(pids);
  const sentAt = new Map<string, number>();
  const heard = people.agents.map((agent) => listen(agent));
  const answers = await Promise.all(people.visitors.map((visitor, number) => write(visitor, number, sentAt)));
  const taken = new Set(answers.flat().filter((text) => text !== null));
  await settled(heard, taken.size);
  const cpu = (await cpuOf(pids)) - before;
  leave(people);

  const delays = heard.flatMap(({ times }) =>
    [...times].map(([text, time]) => time - (sentAt.get(text) ?? Number.NaN)),
  );
  const delivered = heard.reduce((sum, { times }) => sum + times.size, 0);
  return {
    sent: taken.size,
    untaken: sentAt.size - taken.size,
    delivered,
    lost: taken.size * heard.length - delivered,
    repeated: heard.reduce((sum, { repeated }) => sum + repeated, 0),
    delays: delays.sort((a, b) => a - b),
    cpu,
  };
}

interface Heard {
  readonly times: Map<string, number>;
  repeated: number;
}

/** By text, when an agent heard each message. */
function listen(agent: SupportSocket): Heard {
  const heard: Heard = { times: new Map(), repeated: 0 };
  agent.socket.on('message_from_visitor', ({ content_text: text }: { content_text: string }) => {
    if (heard.times.has(text)) heard.repeated += 1;
    else heard.times.set(text, performance.now());
  });
  return heard;
}

/** Writes as long as it takes, each message with a text of its own; null for one that was not taken. */
async function write(
  visitor: Crowd['visitors'][number],
  number: number,
  sentAt: Map<string, number>,
): Promise<(string | null)[]> {
  const answers: Promise<string | null>[] = [];
  // Not all at once.
  await setTimeout((number / crowd.visitors) * pace.every);
  for (let turn = 0; turn < pace.during / pace.every; turn += 1) {
    const text = `${number} ${turn}`;
    sentAt.set(text, performance.now());
    answers.push(
      visitor.socket.call('message_to_admin', { thread_id: visitor.threadId, type: 'text', text }, patience).then(
        ({ error }) => (error ? null : text),
        () => null,
      ),
    );
    await setTimeout(pace.every);
  }
  return Promise.all(answers);
}

/** Waits until everybody heard everything, or nothing more comes. */
async function settled(heard: readonly Heard[], messages: number): Promise<void> {
  const count = () => heard.reduce((sum, { times }) => sum + times.size, 0);
  let before = -1;
  while (count() < messages * heard.length && count() > before) {
    before = count();
    await setTimeout(5_000);
  }
}

function leave({ visitors, agents }: Crowd): void {
  for (const { socket } of [...visitors, ...agents.map((socket) => ({ socket }))]) void socket.close();
}
