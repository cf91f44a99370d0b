import type { Logger } from './logger.ts';

/** How long a stop may take before the process goes anyway, in milliseconds. */
const stopWithin = 10_000;

export const stopSignals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];

const asked = new AbortController();
/** Aborted as soon as this process is asked to stop. */
export const stopAsked: AbortSignal = asked.signal;
export const askToStop = (): void => asked.abort();

/**
 * Runs `close` on the first SIGTERM or SIGINT; the process then ends by itself, with 0.
 * Only a stop that hangs, or a second signal, ends it by force.
 */
export function stopOnSignal(logger: Logger, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    askToStop();
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('the stop took too long');
      process.exit(1);
    }, stopWithin).unref();
    close().then(
      () => logger.info('stopped'),
      (error: unknown) => {
        logger.error({ err: error }, 'the stop failed');
        process.exitCode = 1;
      },
    );
  };
  for (const signal of stopSignals) process.on(signal, stop);
}
