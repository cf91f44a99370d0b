import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { unauthenticated } from '@kopru/runtime/errors.ts';
import type { Fields } from '../fields.ts';
import type { Run } from '../operation.ts';
import type { Connection } from './connection.ts';
import type { ChatError } from './errors.ts';

/** An event that clients emit, as a row of the table. */
export interface ClientEvent {
  readonly name: string;
  /** Whether it is for agents; where there are two of a name, the other is for visitors. */
  readonly forAgents: boolean;
  /** Nothing but the answer to the call tells of a failure: clients in the field do not emit it, or do so unasked. */
  readonly quiet: boolean;
  /** A failure that may pass hangs up: on the next connection the client asks again by itself. */
  readonly reconnects: boolean;
  /** Does it and gives what the call is answered with. @throws Refused */
  run(fields: Fields, connection: Connection): Promise<object>;
  /** Tells of a failure in an event of its own; false where it has none for this. */
  failed(error: ChatError, connection: Connection, fields: Fields): boolean;
}

interface Row<Data, Variables> {
  readonly variables: (fields: Fields, connection: Connection) => Variables;
  /** What follows from it here. */
  readonly after?: (data: Data, connection: Connection) => Promise<void> | void;
  readonly answer: (data: Data) => object;
  readonly failed?: ClientEvent['failed'];
  readonly quiet?: true;
  readonly reconnects?: true;
}

type MakeEvent = <Data, Variables extends Record<string, unknown>>(
  name: string,
  document: TypedDocumentNode<Data, Variables>,
  row: Row<Data, Variables>,
) => ClientEvent;

const event =
  (forAgents: boolean, runOf: (connection: Connection, fields: Fields) => Run | Promise<Run>): MakeEvent =>
  (name, document, { variables, after, answer, failed = () => false, quiet = false, reconnects = false }) => ({
    name,
    forAgents,
    quiet,
    reconnects,
    failed,
    async run(fields, connection) {
      const run = await runOf(connection, fields);
      const data = await run(document, variables(fields, connection));
      await after?.(data, connection);
      return answer(data);
    },
  });

/** An event that anybody may emit. */
export const anybody = event(false, (connection) => connection.asVisitor);

/** One about a thread that the connection has joined as its visitor. */
export const visitor = event(false, (connection, fields) => {
  if (!connection.hasJoined(fields.text('thread_id'))) throw unauthenticated('Join the thread first.');
  return connection.asVisitor;
});

/** One that needs the session of an agent. */
export const agent = event(true, (connection) => connection.asAgent());
