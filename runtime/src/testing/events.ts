import type { LogEvent, NewEvent } from '../events/event.ts';
import type { EventLog, LogSubscription, SubscribeOptions } from '../events/log.ts';
import { newId } from '../ids.ts';

/** An event of some topics; `name` tells it from others. */
export const eventOf = (name: string, ...topics: string[]): NewEvent => ({
  id: newId(),
  type: 'tested',
  topics,
  payload: { name },
  at: new Date().toISOString(),
});

export const nameOf = (event: LogEvent): string => String(event.payload.name);

/** A subscription that keeps what it hears. */
export interface Recording extends LogSubscription {
  readonly events: LogEvent[];
  names(): string[];
}

export async function record(log: EventLog, topics: readonly string[], options?: SubscribeOptions): Promise<Recording> {
  const events: LogEvent[] = [];
  const subscription = await log.subscribe(topics, (event) => events.push(event), options);
  return {
    events,
    names: () => events.map(nameOf),
    setTopics: (wanted, after) => subscription.setTopics(wanted, after),
    close: () => subscription.close(),
  };
}
