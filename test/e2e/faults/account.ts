import { expect } from 'vitest';
import type { FieldClient } from '../../client/field.ts';
import type { Talker } from '../../client/talker.ts';

/** Somebody of another dialect, who never comes back. */
export interface Witness {
  readonly name: string;
  readonly heard: () => readonly string[];
}

/** What became of everything that was said. */
export interface Account {
  readonly fault: string;
  readonly clients: readonly FieldClient[];
  readonly witnesses: readonly Witness[];
  readonly talkers: readonly Talker[];
  /** The ids of what the channel's history has, oldest first. */
  readonly kept: readonly string[];
}

/** Expects that everything acknowledged was kept, once, and that everybody has all that was kept, in its order. Prints a line about it. */
export function expectEverything({ fault, clients, witnesses, talkers, kept }: Account): void {
  const sum = (of: (client: FieldClient) => number): number => clients.reduce((total, client) => total + of(client), 0);
  const sent = talkers.flatMap((talker) => talker.sent);
  const counts = {
    sent: sent.length,
    'refused and sent again': talkers.reduce((total, { refused }) => total + refused, 0),
    'slowest answer in ms': Math.max(...talkers.map(({ slowest }) => slowest)),
    subscribers: clients.length,
    delivered: sum(({ delivered }) => delivered),
    duplicates: sum(({ repeated }) => repeated),
    'sockets closed': sum(({ losses }) => losses.length),
    'fetched after that': sum(({ fetched }) => fetched),
    lost: sum(({ shown }) => kept.filter((id) => !shown.includes(id)).length),
  };
  const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  console.log(`${fault}: ${told.join(', ')}`);
  expect([...kept].sort()).toEqual([...sent].sort());
  for (const { name, shown, losses } of clients) expect(shown, `${name} ${losses}`).toEqual(kept);
  for (const { name, heard } of witnesses) expect(heard(), name).toEqual(kept);
}

/** The names of those whose sockets were closed. */
export const disconnected = ({ clients }: Account): string[] =>
  clients.filter(({ losses }) => losses.length > 0).map(({ name }) => name);
