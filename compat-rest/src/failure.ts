import { codeOf, type ErrorCode, type FieldErrors } from '@kopru/runtime/errors.ts';
import { GraphQLError } from 'graphql';

export type FieldProblem = 'missing' | 'null' | 'type' | 'value' | 'too long';

/** Why a request gets no reply of its route. Each dialect says in its own words what a caller hears of it. */
export type Failure =
  /** The graph refused or failed; a code of the catalogue and what came with it. */
  | {
      readonly kind: 'operation';
      readonly code: ErrorCode;
      readonly message: string;
      readonly resource?: string;
      readonly fields?: FieldErrors;
      /** Seconds. */
      readonly retryAfter?: number;
    }
  /** A named value of the body or the query; `takes` reads on after "it takes". */
  | {
      readonly kind: 'field';
      readonly place: 'body' | 'query';
      readonly field: string;
      readonly problem: FieldProblem;
      readonly takes: string;
    }
  | { readonly kind: 'body'; readonly problem: 'malformed' | 'not an object' | 'too large'; readonly detail?: string }
  /** A path parameter that cannot be one. */
  | { readonly kind: 'parameter'; readonly parameter: string }
  | { readonly kind: 'unreadable path' }
  | { readonly kind: 'unknown path' }
  | { readonly kind: 'method'; readonly method: string; readonly allowed: readonly string[] };

/** A failure on its way to the edge where the dialect renders it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(`refused: ${failure.kind}`, options);
    this.failure = failure;
  }
}

/** The failure that anything thrown amounts to; what nobody foresaw is `INTERNAL`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return error.failure;
  if (error instanceof GraphQLError) return operationFailure(error);
  if (isRequestError(error))
    return { kind: 'body', problem: error.statusCode === 413 ? 'too large' : 'malformed', detail: error.message };
  return { kind: 'operation', code: 'INTERNAL', message: 'Something went wrong on our side.' };
}

/** The same for an error of a GraphQL response, which may have come as JSON. */
export function operationFailure(
  error: Pick<GraphQLError, 'message'> & { extensions?: Record<string, unknown> },
): Failure & { readonly kind: 'operation' } {
  const { resource, fields, retryAfter } = error.extensions ?? {};
  return {
    kind: 'operation',
    code: codeOf(new GraphQLError(error.message, { extensions: error.extensions })),
    message: error.message,
    ...(typeof resource === 'string' && { resource }),
    ...(isFieldErrors(fields) && { fields }),
    ...(typeof retryAfter === 'number' && { retryAfter }),
  };
}

/** What the HTTP server itself throws for a request it cannot read. */
function isRequestError(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
}

const isFieldErrors = (value: unknown): value is FieldErrors => typeof value === 'object' && value !== null;
