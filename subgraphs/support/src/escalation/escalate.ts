import { randomUUID } from 'node:crypto';
import type { Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import { displayNameLength } from '@kopru/schema/limits.ts';
import type { EntityManager } from 'typeorm';
import { type NewMessage, writeMessage } from '../message/message.write.ts';
import type { Outlet } from '../outlet/outlet.ts';
import type { People } from '../references/people.ts';
import { startThread } from '../thread/thread.start.ts';
import { SupportThread } from '../thread/thread.ts';
import { Escalation, type EscalationKind } from './escalation.ts';
import { type History, textsOf } from './history.ts';

export interface EscalatingDependencies {
  readonly database: Database;
  readonly people: People;
  readonly outlets: readonly Outlet[];
  readonly quota: Quota;
}

/** What somebody escalates. */
export interface Matter {
  readonly kind: EscalationKind;
  readonly sourceId: string;
  /** Reads it with the viewer's own rights. */
  readonly history: () => Promise<History>;
}

/** How many threads somebody may make of other things. */
const escalations = { limit: 20, windowSeconds: 60 * 60 };

/**
 * Makes a thread of something that the viewer may read, with a copy of what was said there; the same thread for the same thing.
 * @throws UNAUTHENTICATED, RATE_LIMITED, and what reading the history throws
 */
export async function escalate(
  { database, people, outlets, quota }: EscalatingDependencies,
  { kind, sourceId, history: read }: Matter,
  context: Context,
): Promise<SupportThread> {
  const { userId: accountId } = context.viewer;
  const key = { accountId, kind, sourceId };
  const known = await threadOf(database.reader, key);
  if (known) return known;
  await spend(quota, `support-escalations ${accountId}`, escalations);
  const history = await read();
  const name = (await people.namesOf([accountId], context)).get(accountId) ?? 'Somebody';
  const displayName = [...name].slice(0, displayNameLength).join('');
  return database.write(async (tx) => {
    const threadId = randomUUID();
    const claim = { ...key, threadId };
    await tx.manager.createQueryBuilder().insert().into(Escalation).values(claim).orIgnore().execute();
    // Somebody with the same account was quicker.
    const other = await threadOf(tx.manager, key);
    if (other) return other;
    const thread = await startThread(tx, { id: threadId, displayName, origin: 'WEB', accountId });
    await copyInto(tx, thread, history, outlets);
    return thread;
  });
}

async function threadOf(manager: EntityManager, key: Partial<Escalation>): Promise<SupportThread | null> {
  const found = await manager.findOneBy(Escalation, key);
  return found && manager.findOneBy(SupportThread, { id: found.threadId });
}

/** Of all that is copied, outlets hear what is the matter. */
async function copyInto(
  tx: Transaction,
  thread: SupportThread,
  { title, said, matter }: History,
  outlets: readonly Outlet[],
): Promise<void> {
  const write = (text: string) => writeMessage(tx, thread, { ...handedOver, text });
  const opening = await write(title);
  const copies = [];
  for (const one of said) {
    const [first, ...rest] = textsOf(one);
    copies.push(first === undefined ? opening : await write(first));
    for (const text of rest) await write(text);
  }
  const told = copies[matter] ?? opening;
  for (const outlet of outlets) await outlet.visitorWrote(tx, told, thread);
}

const handedOver: Omit<NewMessage, 'text'> = {
  sender: 'VISITOR',
  type: 'TEXT',
  upload: null,
  authorId: null,
  nonce: null,
};
