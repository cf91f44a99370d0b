import { type LevelWithSilent, type Logger, pino } from 'pino';

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

/** A JSON logger to stdout; each line names its service. */
export const createLogger = (service: string, level: LevelWithSilent): Logger =>
  pino({
    name: service,
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '[secret]' },
  });
