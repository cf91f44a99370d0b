import { onTestFinished } from 'vitest';
import { type Door, FieldClient } from '../../client/field.ts';
import type { Person } from '../../client/person.ts';
import { history } from '../../client/rest.history.ts';
import { MessageCreated } from '../../client/shapes.ts';
import { op } from '../../client/socket.ts';
import { Talker } from '../../client/talker.ts';
import { until } from '../../client/until.ts';
import type { ServiceProcess } from '../../env/process.ts';
import type { Place } from '../../place.ts';
import { type MessageCreatedData, messageCreated, sendMessage } from '../stories/operations.ts';
import type { Account, Witness } from './account.ts';

/** How long everything said may take to reach everybody once nothing is amiss, in milliseconds. */
const patience = 60_000;

interface Members {
  readonly clients: readonly FieldClient[];
  readonly witnesses: readonly Witness[];
  readonly talkers: readonly Talker[];
  /** The ids of all messages, oldest first. */
  readonly history: () => Promise<string[]>;
}

/** A channel in which somebody talks over Chat v1 and somebody over GraphQL, and clients of every gateway, on both paths, who hear it. */
export class Crowd {
  readonly #members: Members;

  private constructor(members: Members) {
    this.#members = members;
  }

  /** Resolves when everybody has heard the first words. With `witnesses`, clients of the other dialects listen, too. */
  static async gather(place: Place, { witnesses: invited = false } = {}): Promise<Crowd> {
    const { owner, member, server_id: guildId, channel_id: channelId, messages } = await place.channel();
    const about = { token: member.token, guildId, channelId };
    const clients = doorsOf(place, member).flatMap((doors, at) =>
      (['/', '/ws'] as const).map((path) => new FieldClient({ name: `gateway ${at} ${path}`, doors, path, ...about })),
    );
    for (const client of clients) onTestFinished(() => client[Symbol.asyncDispose]());
    const witnesses = invited ? await witnessesOf(place, member, channelId) : [];
    await until(async () => clients.every(({ listens }) => listens), patience);

    const byRest = async (content: string, nonce: string, at: number) =>
      (await owner.rest.at(place.restAt(at).url).post(messages, { content, nonce }, MessageCreated)).message.id;
    const byGraph = async (content: string, nonce: string, at: number) =>
      (await sendMessage(place.graph(owner, at), { channelId, content, nonce })).id;
    const talkers = [new Talker('REST', byRest), new Talker('GraphQL', byGraph)];
    for (const talker of talkers) onTestFinished(() => talker.stop());
    const crowd = new Crowd({ clients, witnesses, talkers, history: () => history(owner.rest, channelId) });
    await crowd.hear(20);
    return crowd;
  }

  /** Resolves when so many more things were said, or tried to be. */
  async talk(count: number): Promise<void> {
    const enough = this.#attempts + count;
    await until(async () => this.#attempts >= enough, patience);
  }

  /** Resolves when so many more attempts have failed. */
  async refused(count: number): Promise<void> {
    const refused = (): number => this.#members.talkers.reduce((sum, talker) => sum + talker.refused, 0);
    const enough = refused() + count;
    await until(async () => refused() >= enough, patience);
  }

  /** Resolves when everybody listens and has heard so many more. */
  async hear(count: number): Promise<void> {
    const enough = this.#members.clients.map(({ delivered }) => delivered + count);
    const heard = ({ delivered, listens }: FieldClient, index: number): boolean =>
      listens && delivered >= (enough[index] ?? 0);
    await until(async () => this.#members.clients.every(heard), patience);
  }

  /** Resolves when these clients, or all, have lost a socket and listen again. */
  async comeBack(...names: readonly string[]): Promise<void> {
    const clients = this.#members.clients.filter(({ name }) => names.length === 0 || names.includes(name));
    await until(async () => clients.every(({ losses, listens }) => losses.length > 0 && listens), patience);
  }

  /** Which process brings what is said from RabbitMQ to Redis. */
  async bridge(services: Iterable<ServiceProcess>): Promise<ServiceProcess> {
    const running = [...services].filter(({ running }) => running);
    const appended = () =>
      Promise.all(running.map((service) => service.metric('kopru_bridge_messages_total', 'outcome="appended"')));
    const before = await appended();
    await this.hear(5);
    const after = await appended();
    const [works, ...others] = running.filter((_, index) => after[index] !== before[index]);
    if (!works || others.length > 0) throw new Error(`These work: ${[works, ...others].map((one) => one?.name)}.`);
    return works;
  }

  /** Ends the talk, and gives the account as soon as everybody has the last of it, or has had time enough. */
  async part(fault: string): Promise<Account> {
    const { clients, witnesses, talkers } = this.#members;
    await Promise.all(talkers.map((talker) => talker.stop()));
    const kept = await this.#members.history();
    const heard = [
      ...clients.map(
        ({ shown }) =>
          () =>
            shown,
      ),
      ...witnesses.map((witness) => witness.heard),
    ];
    await until(async () => heard.every((ids) => ids().at(-1) === kept.at(-1)), patience).catch(() => undefined);
    return { fault, clients, witnesses, talkers, kept };
  }

  get #attempts(): number {
    return this.#members.talkers.reduce((sum, { sent, refused }) => sum + sent.length + refused, 0);
  }
}

/** For each gateway, it and then the others. */
function doorsOf({ installation: { gateways, rest } }: Place, member: Person): (readonly [Door, ...Door[]])[] {
  const doors = gateways.map((gateway, at) => ({ gateway, rest: member.rest.at(rest[at] ?? rest[0]) }));
  return doors.map((door, at) => [door, ...doors.slice(at + 1), ...doors.slice(0, at)]);
}

/** Clients of Chat v1's sockets and of GraphQL's, two of each, at different processes. */
async function witnessesOf(place: Place, member: Person, channelId: string): Promise<Witness[]> {
  const witnesses: Witness[] = [];
  for (const at of [0, 1]) {
    const socket = await place.connect(member, at);
    const live = await place.live<MessageCreatedData>(member, messageCreated, { channelId }, at);
    witnesses.push(
      { name: `Chat v1 ${at}`, heard: () => socket.all(op.MESSAGE_CREATE).map(({ d }) => String(d.message_id)) },
      { name: `GraphQL ${at}`, heard: () => live.data.map((data) => data.messageCreated.id) },
    );
  }
  return witnesses;
}
