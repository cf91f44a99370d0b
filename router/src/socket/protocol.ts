import { newId } from '@kopru/runtime/ids.ts';
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLSchema } from 'graphql';
import { makeServer, type OperationResult, type Server } from 'graphql-ws';
import type { Connection, Extra } from './connection.ts';
import type { Operation } from './operation.ts';
import { shown } from './run.ts';
import { SubscriptionEnded } from './stream.ts';

/** How long a client may take to send `connection_init`, in milliseconds. */
const initWithin = 10_000;

const nothing = new GraphQLSchema({});

/** What graphql-ws hands from the reading of an operation to its execution. */
interface Runnable {
  readonly connection: Connection;
  readonly operation: Operation;
}

/** The graphql-transport-ws protocol, kept by graphql-ws; what its messages mean here, the connection says. */
export const createProtocol = (): Server<Extra> =>
  makeServer<Record<string, unknown> | undefined, Extra>({
    connectionInitWaitTimeout: initWithin,
    onConnect: ({ extra, connectionParams }) => extra.connection.admit(connectionParams),
    onSubscribe(context, id, payload) {
      const { connection } = context.extra;
      const operation = connection.read(id, payload, () => context.subscriptions);
      return 'request' in operation ? executionArgs({ connection, operation }) : operation;
    },
    execute(args) {
      const { connection, operation } = args.contextValue as Runnable;
      return connection.execute(operation) as OperationResult;
    },
    subscribe(args) {
      const { connection, operation } = args.contextValue as Runnable;
      return connection.subscribe(operation) as OperationResult;
    },
    // Both come formatted.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, [first, ...others]) =>
      first?.originalError instanceof SubscriptionEnded
        ? first.originalError.errors
        : [first, ...others].map((error) => shown(error, newId())),
  });

/** The graph has the schema; graphql-ws passes it on and looks at the operation's type alone. */
function executionArgs(contextValue: Runnable): ExecutionArgs {
  const { document, operationName } = contextValue.operation.request;
  return { schema: nothing, document, operationName, contextValue };
}
