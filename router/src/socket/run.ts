import { publicError } from '@kopru/runtime/errors.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Delivery, Graph } from '../graph/graph.ts';
import { outcomeOf, type RouterMetrics } from '../metrics.ts';
import type { Operation } from './operation.ts';
import { LiveStream } from './stream.ts';

export interface Running {
  readonly graph: Graph;
  readonly logger: Logger;
  readonly metrics: RouterMetrics;
}

/** A result whose errors are as the outside may see them. */
type Result = Omit<ExecutionResult, 'errors'> & { readonly errors?: readonly GraphQLFormattedError[] };

/** Runs a query or mutation. Never rejects. */
export async function execute(running: Running, { request, type, startedAt }: Operation): Promise<Result> {
  const { graph, metrics } = running;
  const { requestId } = request.caller;
  let result: Result;
  try {
    const { errors, ...rest } = await graph.execute(request);
    result = errors ? { ...rest, errors: errors.map((error) => shown(error, requestId)) } : rest;
  } catch (error) {
    result = { errors: [failed(running, error, requestId)] };
  }
  metrics.operation('websocket', type, outcomeOf(result.errors), (performance.now() - startedAt) / 1000);
  return result;
}

/** Opens a subscription whose responses go to `next` for as long as the client wants them. Never rejects. */
export async function subscribe(
  running: Running,
  { request, type, startedAt, wanted }: Operation,
  next: (delivery: Delivery) => void,
): Promise<LiveStream> {
  const { graph, metrics } = running;
  const { requestId } = request.caller;
  metrics.subscriptions.add();
  const stream = new LiveStream(metrics.subscriptions.remove);
  let errors: readonly GraphQLFormattedError[] | undefined;
  try {
    const subscribed = await graph.subscribe(request, {
      next: (delivery) => {
        if (!stream.ended && wanted()) next(delivery);
      },
      error: (errors) => stream.fail(errors),
    });
    if ('errors' in subscribed) errors = subscribed.errors;
    else stream.opened(subscribed.handle);
  } catch (error) {
    errors = [failed(running, error, requestId)];
  }
  if (errors) stream.fail(errors);
  metrics.operation('websocket', type, outcomeOf(errors), (performance.now() - startedAt) / 1000);
  return stream;
}

function failed({ logger }: Running, error: unknown, requestId: string): GraphQLFormattedError {
  const formatted = shown(error, requestId);
  if (formatted.extensions?.code === 'INTERNAL') logger.error({ err: error, requestId }, 'an operation failed');
  return formatted;
}

/** An error that may be an instance or, as it came from a subgraph, formatted already. */
export function shown(error: unknown, requestId: string): GraphQLFormattedError {
  if (error instanceof GraphQLError) return publicError(error.toJSON(), requestId);
  const formatted = error instanceof Error ? { message: error.message } : (error as GraphQLFormattedError);
  return publicError(formatted, requestId);
}
