import { setTimeout as wait } from 'node:timers/promises';

/** Between two attempts, in milliseconds: at first, and at most. */
const pauses = { first: 20, longest: 250 } as const;

/**
 * Repeats `attempt` for as long as `passing` says that its error may pass, and for some milliseconds at most.
 * `waiting` is told of the first error.
 */
export async function patiently<T>(
  attempt: () => T | Promise<T>,
  passing: (error: unknown) => boolean,
  milliseconds: number,
  waiting: (error: unknown) => void = () => undefined,
): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (let pause: number = pauses.first; ; pause = Math.min(pause * 1.5, pauses.longest)) {
    try {
      return await attempt();
    } catch (error) {
      if (!passing(error) || Date.now() > deadline) throw error;
      if (pause === pauses.first) waiting(error);
      await wait(pause * (0.5 + Math.random()));
    }
  }
}

/** The code that the driver gave an error, whether TypeORM wrapped it or not: `ER_DUP_ENTRY`. */
export function driverCode(error: unknown): string {
  const cause = (error as { driverError?: unknown } | null)?.driverError ?? error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
