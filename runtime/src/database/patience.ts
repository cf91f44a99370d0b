import { setTimeout as wait } from 'node:timers/promises';

/** Repeats `attempt`, some milliseconds apart, for as long as `passing` says that its error may pass. */
export async function patiently<T>(
  attempt: () => T | Promise<T>,
  passing: (error: unknown) => boolean,
  milliseconds: number,
): Promise<T> {
  for (const deadline = Date.now() + milliseconds; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (!passing(error) || Date.now() > deadline) throw error;
      await wait(10 + Math.random() * 40);
    }
  }
}

/** The code that the driver gave an error, whether TypeORM wrapped it or not: `ER_DUP_ENTRY`. */
export function driverCode(error: unknown): string {
  const cause = (error as { driverError?: unknown } | null)?.driverError ?? error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
