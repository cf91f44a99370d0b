import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/**
 * The catalogue of errors. Every front translates from these codes into its own dialect, at its edge.
 * `VIEWER_REQUIRED` stays inside: a shared execution asked who is reading, and is run again for each viewer.
 */
export const errorCodes = [
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'VALIDATION_FAILED',
  'RATE_LIMITED',
  'INSUFFICIENT_CREDIT',
  'RESUME_GAP',
  'UNAVAILABLE',
  'INTERNAL',
  'VIEWER_REQUIRED',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Why each input field was refused, in the user's words: `{ email: ['Not an email address.'] }`. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

interface Details {
  /** The GraphQL type that was missing, refused or taken: `Channel`. */
  readonly resource?: string;
  readonly fields?: FieldErrors;
  /** Seconds until another try makes sense. */
  readonly retryAfter?: number;
}

/** An error whose message may be shown to whoever caused it. */
export class KopruError extends GraphQLError {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, details: Details = {}, cause?: Error) {
    super(message, { extensions: { code, ...details }, ...(cause && { originalError: cause }) });
    this.code = code;
  }
}

/** No credentials, or ones that mean nothing. */
export const unauthenticated = (message = 'Sign in first.'): KopruError => new KopruError('UNAUTHENTICATED', message);
/** The access token was good once; a refresh gives a new one. */
export const tokenExpired = (): KopruError => new KopruError('TOKEN_EXPIRED', 'The access token has expired.');
/** Known who, but not allowed. `resource` is the GraphQL type concerned. */
export const forbidden = (message: string, resource?: string): KopruError =>
  new KopruError('FORBIDDEN', message, resource ? { resource } : {});
/** There is no such thing, or none that the caller may know of. */
export const notFound = (resource: string): KopruError =>
  new KopruError('NOT_FOUND', `${resource} not found.`, { resource });
/** Somebody else has it, or its state does not permit this. */
export const conflict = (message: string, resource?: string, fields?: FieldErrors): KopruError =>
  new KopruError('CONFLICT', message, { ...(resource && { resource }), ...(fields && { fields }) });
/** The input breaks a rule; `fields` says which and how. */
export const validationFailed = (fields: FieldErrors): KopruError =>
  new KopruError(
    'VALIDATION_FAILED',
    Object.entries(fields)
      .map(([field, reasons]) => `${field}: ${reasons.join(' ')}`)
      .join(' '),
    { fields },
  );
/** Too much in too short a time; `retryAfter` in seconds. */
export const rateLimited = (retryAfter: number): KopruError =>
  new KopruError('RATE_LIMITED', `Too many requests. Try again in ${retryAfter} s.`, { retryAfter });
/** Something this needs cannot be reached; the same call may succeed later. */
export const unavailable = (message = 'Temporarily unavailable. Try again.', cause?: Error): KopruError =>
  new KopruError('UNAVAILABLE', message, {}, cause);
/** What this costs is more than there is; nothing was done. */
export const insufficientCredit = (): KopruError =>
  new KopruError('INSUFFICIENT_CREDIT', 'Your credit is insufficient.');
/** The log does not reach back to what the client missed; it must fetch the state anew. */
export const resumeGap = (): KopruError =>
  new KopruError('RESUME_GAP', 'Events were missed that are no longer kept. Fetch anew, then subscribe.');
/** Raised where a shared execution asks for the viewer. */
export const viewerRequired = (): KopruError =>
  new KopruError('VIEWER_REQUIRED', 'This field depends on who is reading.');

const known: ReadonlySet<unknown> = new Set(errorCodes);
/** Codes that Apollo Server and graphql-ws give to requests that never reached a resolver. */
const protocolCodes = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] as const;
export type ProtocolCode = (typeof protocolCodes)[number];
const ofProtocol: ReadonlySet<unknown> = new Set(protocolCodes);

/** A request that is refused for how it is written, before any resolver sees it. */
export const protocolError = (code: ProtocolCode, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

/**
 * What the outside may see of an error: its message and code where they were meant for it,
 * else `INTERNAL` and the id under which the log has the rest.
 */
export function publicError(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  const code = error.extensions?.code;
  const place = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  if (known.has(code) && code !== 'INTERNAL') {
    const { resource, fields, retryAfter } = error.extensions ?? {};
    const extensions = {
      code,
      ...(resource !== undefined && { resource }),
      ...(fields !== undefined && { fields }),
      ...(retryAfter !== undefined && { retryAfter }),
    };
    return { message: error.message, ...place, extensions };
  }
  if (ofProtocol.has(code)) return { message: error.message, ...place, extensions: { code } };
  return {
    message: 'Something went wrong on our side.',
    ...place,
    extensions: { code: 'INTERNAL', requestId },
  };
}

/** What an error says, to end a sentence with; its code where it says nothing, as errors of several connections do. */
export function reasonOf(error: unknown): string {
  const { message, code, name } = error as { message?: string; code?: string; name?: string };
  return (message || code || name || 'unknown').replace(/[.\s]+$/, '');
}

/** The code of anything thrown: a `KopruError`'s own, else `INTERNAL`. */
export function codeOf(error: unknown): ErrorCode {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return known.has(code) ? (code as ErrorCode) : 'INTERNAL';
}
