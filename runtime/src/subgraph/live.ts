import type { LogEvent } from '../events/event.ts';
import { type EventLog, ResumeGap } from '../events/log.ts';
import type { Grant } from './client.ts';

/**
 * What a resolver's `subscribe` returns. A router reads the grant and listens to the log itself;
 * anybody else iterates it like any subscription's source.
 */
export interface LiveSource extends Grant, AsyncIterable<LogEvent> {}

export const isLiveSource = (value: unknown): value is LiveSource =>
  typeof value === 'object' && value !== null && 'topics' in value && 'recheckOn' in value;

/** A source of the events that `grant` names. It opens nothing until it is iterated. */
export function liveSource(log: EventLog, grant: Grant): LiveSource {
  return { ...grant, [Symbol.asyncIterator]: () => iterate(log, grant) };
}

async function* iterate(log: EventLog, { topics, types, after }: Grant): AsyncGenerator<LogEvent, void, void> {
  const wanted = new Set(types);
  const queue: LogEvent[] = [];
  let wake = (): void => undefined;
  const listener = (event: LogEvent): void => {
    if (!wanted.has(event.type)) return;
    queue.push(event);
    wake();
  };
  const subscription = await log.subscribe(topics, listener, { after }).catch((error: unknown) => {
    if (error instanceof ResumeGap) return log.subscribe(topics, listener);
    throw error;
  });
  try {
    while (true) {
      const event = queue.shift();
      if (event) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    await subscription.close();
  }
}
