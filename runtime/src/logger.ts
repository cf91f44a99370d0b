import { type DestinationStream, type LevelWithSilent, type Logger, type LoggerOptions, pino } from 'pino';
import { reasonOf } from './errors.ts';
import { Repeats, type RepeatTimes } from './repeats.ts';

export type { Logger };

/** Paths whose values never reach the log, whoever logs them. */
const secrets = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  '*.password',
  '*.newPassword',
  '*.currentPassword',
  '*.token',
  '*.accessToken',
  '*.refreshToken',
  '*.authorization',
  '*.cookie',
  '*.*.password',
  '*.*.token',
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-service-token"]',
];

interface Serialized {
  readonly parameters?: unknown;
  readonly sql?: unknown;
  /** With all its arguments, as ioredis has it. */
  readonly command?: unknown;
  readonly driverError?: Serialized;
  readonly aggregateErrors?: readonly Serialized[];
}

/** An error as it may stand in a line, from this process or another. */
interface Failure {
  readonly extensions?: { readonly code?: unknown };
  readonly originalError?: unknown;
  readonly cause?: Failure;
}

/** An error of a database or of Redis without the values that it was given, which may be anybody's message or password. */
function withoutValues({ parameters, sql, command, driverError, aggregateErrors, ...rest }: Serialized): Serialized {
  return {
    ...rest,
    ...(driverError && { driverError: withoutValues(driverError) }),
    ...(aggregateErrors && { aggregateErrors: aggregateErrors.map(withoutValues) }),
  };
}

const serialized = (error: unknown): unknown =>
  error instanceof Error ? withoutValues(pino.stdSerializers.err(error) as Serialized) : error;

/** Some jobs try every 20 s: their failures are one outage too. */
const usualTimes: RepeatTimes = { quiet: 30_000, period: 60_000 };
const warning = 40;

/**
 * A JSON logger to stdout unless told otherwise; each line names its service. What a request says of an outage, with an error that is
 * UNAVAILABLE, is written when it begins, once a minute, and when it has ended: the requests meanwhile say nothing else.
 */
export const createLogger = (
  service: string,
  level: LevelWithSilent,
  destination?: DestinationStream,
  times = usualTimes,
): Logger => {
  const repeats = new Repeats(times);
  const options: LoggerOptions = {
    name: service,
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '[secret]' },
    serializers: { err: serialized },
    hooks: {
      logMethod(given, method, severity) {
        const [fields, message] = given as unknown[];
        const reason = severity >= warning ? outageOf(fields) : undefined;
        if (reason !== undefined) {
          const { subgraph } = { ...this.bindings(), ...(fields as { subgraph?: unknown }) };
          const about = { ...(subgraph !== undefined && { subgraph }), reason };
          const isFirst = repeats.begins(JSON.stringify([message, about]), (repeated, over) => {
            if (over) root.info({ ...about, ...repeated }, `over: ${message}`);
            else root.warn({ ...about, ...repeated }, `goes on: ${message}`);
          });
          if (!isFirst) return;
        }
        method.apply(this, given);
      },
    },
  };
  const root = destination ? pino(options, destination) : pino(options);
  return root;
};

/** Why something was away that a line tells of; undefined where it tells of anything else. */
function outageOf(fields: unknown): string | undefined {
  let error = (fields as { err?: Failure } | null)?.err;
  while (error && error.extensions?.code !== 'UNAVAILABLE') error = error.cause;
  return error && reasonOf(error.originalError ?? error);
}
