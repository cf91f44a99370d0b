import { type ErrorCode, publicError } from '@kopru/runtime/errors.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Delivery } from '../graph.ts';

/** The delivery of one execution; its text is made when the first door asks for it, and kept for the others. */
export function delivery(event: LogEvent, result: ExecutionResult, requestId: string): Delivery {
  const { errors, data, extensions } = result;
  const shown: FormattedExecutionResult = {
    ...(errors && { errors: errors.map((error) => publicError(error.toJSON(), requestId)) }),
    ...(data !== undefined && { data }),
    ...(extensions && { extensions }),
  };
  let text: string | undefined;
  return {
    result: shown,
    event: { id: event.id, type: event.type, position: event.position },
    get text() {
      text ??= JSON.stringify(shown);
      return text;
    },
  };
}

/** Whether a resolver asked who is reading, in an execution that is nobody's. */
export const asksForViewer = (result: ExecutionResult): boolean => has(result, 'VIEWER_REQUIRED');

/** Whether something is missing because a subgraph could not be reached. */
export const lacksSubgraph = (result: ExecutionResult): boolean => has(result, 'UNAVAILABLE');

const has = ({ errors }: ExecutionResult, code: ErrorCode): boolean =>
  errors?.some(({ extensions }) => extensions?.code === code) ?? false;
