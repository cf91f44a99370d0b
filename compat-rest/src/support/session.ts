import type { Logger } from '@kopru/runtime/logger.ts';
import { failureOf } from '../failure.ts';
import { Fields } from '../fields.ts';
import { FrameCount } from '../socket/limits.ts';
import type { Connection } from './connection.ts';
import { type ChatError, chatError, chatErrorOf, messageError } from './errors.ts';
import type { ClientEvent } from './event.ts';
import { events } from './events.ts';

/** How much one connection may say in a minute; an agent looks after many threads. */
const eventsPerMinute = { visitor: 120, agent: 1_200 } as const;
const minute = 60_000;

/** By name, the row for agents and the one for everybody else; the same row where there is one. */
const rows = new Map(
  events.map(({ name }) => {
    const named = events.filter((event) => event.name === name);
    const row = (forAgents: boolean) => named.find((event) => event.forAgents === forAgents) ?? named[0];
    return [name, { agent: row(true), visitor: row(false) }] as const;
  }),
);

type Acknowledge = (answer: object) => void;

/** Does what a client emits, one event after the other, and answers where an answer was asked for. */
export class ChatSession {
  readonly #connection: Connection;
  readonly #logger: Logger;
  readonly #count = new FrameCount();
  #work = Promise.resolve();

  constructor(connection: Connection, logger: Logger) {
    this.#connection = connection;
    this.#logger = logger;
  }

  /** An event as it came: its data and, where the client asked for an answer, what takes it. */
  hear(name: string, parameters: readonly unknown[]): void {
    const last = parameters.at(-1);
    const acknowledge = typeof last === 'function' ? (last as Acknowledge) : undefined;
    const fields = fieldsOf(parameters[0]);
    const side = this.#connection.isAgent ? 'agent' : 'visitor';
    if (this.#count.next(minute) > eventsPerMinute[side]) {
      this.#refuse(chatError('rate_limit_exceeded', minute / 1_000), rows.get(name)?.[side], fields, acknowledge);
      return;
    }
    this.#work = this.#work.then(() => this.#obey(name, fields, acknowledge));
  }

  async #obey(name: string, fields: Fields, acknowledge: Acknowledge | undefined): Promise<void> {
    // Asked now: what came before may have made it an agent's.
    const row = rows.get(name)?.[this.#connection.isAgent ? 'agent' : 'visitor'];
    try {
      // The old server took no notice of events that it did not know.
      const answer = row ? await row.run(fields, this.#connection) : { error: chatError('invalid_message') };
      acknowledge?.(answer);
    } catch (thrown) {
      const error = chatErrorOf(failureOf(thrown));
      this.#log(name, thrown, error);
      this.#refuse(error, row, fields, acknowledge);
      if (row?.reconnects && error.type === 'db_save_failed') this.#connection.reconnect();
    }
  }

  #refuse(error: ChatError, row: ClientEvent | undefined, fields: Fields, acknowledge: Acknowledge | undefined): void {
    const told = !row || row.quiet || row.failed(error, this.#connection, fields);
    if (!told) this.#connection.emit('message_error', messageError(error));
    acknowledge?.({ error });
  }

  #log(event: string, thrown: unknown, { type }: ChatError): void {
    if (type === 'db_save_failed') this.#logger.error({ err: thrown, event }, 'an event of the support chat failed');
    else this.#logger.debug({ err: thrown, event }, 'an event of the support chat was refused');
  }
}

const fieldsOf = (data: unknown): Fields =>
  new Fields(
    typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : {},
    'body',
  );
