import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';

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
  readonly driverError?: Serialized;
  readonly aggregateErrors?: readonly Serialized[];
}

/** An error of a database without the values that it was given, which may be anybody's message or password. */
function withoutValues({ parameters: _, sql: __, driverError, aggregateErrors, ...rest }: Serialized): Serialized {
  return {
    ...rest,
    ...(driverError && { driverError: withoutValues(driverError) }),
    ...(aggregateErrors && { aggregateErrors: aggregateErrors.map(withoutValues) }),
  };
}

const serialized = (error: unknown): unknown =>
  error instanceof Error ? withoutValues(pino.stdSerializers.err(error) as Serialized) : error;

/** A JSON logger to stdout unless told otherwise; each line names its service. */
export const createLogger = (service: string, level: LevelWithSilent, destination?: DestinationStream): Logger => {
  const options = {
    name: service,
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '[secret]' },
    serializers: { err: serialized },
  };
  return destination ? pino(options, destination) : pino(options);
};
