import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { isAbandoned } from '../abandoned.ts';
import { unavailable } from '../errors.ts';
import { type PendingEvent, pendingEvent, storeEvents } from '../events/outbox.ts';
import type { Relay } from '../events/relay.ts';
import type { Transaction } from './database.ts';
import type { Engine } from './engine.ts';

/** How often a write is tried that meets others, or a server that is away. */
const attempts = 8;
/** When it is not tried again, in milliseconds: waiting for locks may take long already. */
const patience = 8_000;

/** The write that the current code runs in. */
const current = new AsyncLocalStorage<{ open: boolean }>();

/** `Database.write` over an engine and the relay of its outbox. */
export async function write<T>(engine: Engine, relay: Relay, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (current.getStore()?.open)
    throw new Error('write() inside write(): pass the transaction on, or the inner one would wait for the outer one.');
  const deadline = Date.now() + patience;
  for (let attempt = 1; ; attempt++) {
    try {
      const { result, lanes } = await attemptWrite(engine, work);
      if (lanes.size > 0) await relay.committed(lanes);
      return result;
    } catch (error) {
      if (!engine.mayRetry(error)) throw engine.isOutage(error) ? unavailable(undefined, error as Error) : error;
      if (attempt === attempts || Date.now() > deadline) throw unavailable(undefined, error as Error);
      await wait(Math.random() * 5 * 2 ** attempt);
    }
  }
}

/** @throws UNAVAILABLE where nobody waits any more: a write that waited for its turn that long must not surprise them. */
function requireAsked(): void {
  if (isAbandoned()) throw unavailable('Whoever asked for this has gone.');
}

async function attemptWrite<T>(engine: Engine, work: (tx: Transaction) => Promise<T>) {
  const events: PendingEvent[] = [];
  const scope = { open: true };
  const result = await engine.transaction(async (manager) => {
    requireAsked();
    const tx: Transaction = {
      manager,
      dialect: engine.dialect,
      emit(draft) {
        if (!scope.open) throw new Error(`${draft.type} was emitted after its transaction ended.`);
        events.push(pendingEvent(draft));
      },
    };
    try {
      const value = await current.run(scope, () => work(tx));
      scope.open = false;
      if (events.length > 0) await storeEvents(manager, events);
      requireAsked();
      return value;
    } finally {
      scope.open = false;
    }
  });
  return { result, lanes: new Set(events.map(({ lane }) => lane)) };
}
