import { ConfigError } from '../config.ts';
import { reasonOf, unavailable } from '../errors.ts';
import { driverCode } from './patience.ts';

/** A server as a setting names it. */
export interface Place {
  /** `DATABASE_URL` or `DATABASE_READ_URL`. */
  readonly setting: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

const connectionLosses = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_USER_LIMIT_REACHED',
]);
const conflicts = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);
const readOnly = new Set([
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
]);
const noRoom = new Set(['ER_DISK_FULL', 'ER_RECORD_FILE_FULL', 'ER_ERROR_ON_WRITE', 'ER_GET_ERRNO']);
const denials = new Set([
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
]);

/** Whether the server went away or never was there, so that what was not committed is rolled back. */
export const isConnectionLoss = (error: unknown): boolean =>
  connectionLosses.has(driverCode(error)) || isOfClosedConnection(error);

/** mysql2 gives no code to what is asked of a connection that broke unnoticed. */
const isOfClosedConnection = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('connection is in closed state');

/** Whether the server chose the transaction to give way to another. */
export const isConflict = (error: unknown): boolean => conflicts.has(driverCode(error));

/** Whether the statement may succeed once the server is back, can be written to, or has room. */
export const isOutage = (error: unknown): boolean => {
  const code = driverCode(error);
  return isConnectionLoss(error) || readOnly.has(code) || noRoom.has(code);
};

/** What keeps a service from starting, in a sentence that names the setting; anything that no setting mends stays as it is. */
export function startError(error: unknown, { setting, host, port, user, database }: Place): unknown {
  const code = driverCode(error);
  const said = reasonOf(error);
  const leads = `${setting} leads to ${host}:${port}`;
  if (isConnectionLoss(error)) return unavailable(`${leads}, where no database answers: ${said}.`, error as Error);
  if (code.startsWith('ER_ACCESS_DENIED'))
    return new ConfigError(
      `${leads}, which does not let ${JSON.stringify(user)} in: the name or the password is wrong.`,
    );
  if (denials.has(code))
    return new ConfigError(`${leads}, where the user lacks rights on the schema ${database}: ${said}.`);
  if (readOnly.has(code)) return new ConfigError(`${leads}, which cannot be written to: ${said}.`);
  if (code === 'ER_WRONG_DB_NAME' || code === 'ER_TOO_LONG_IDENT')
    return new ConfigError(`${setting} makes ${database} the name of a schema, which it cannot be: ${said}.`);
  if (code.startsWith('HANDSHAKE_')) return new ConfigError(`${leads}, with which TLS cannot be spoken: ${said}.`);
  return error;
}
