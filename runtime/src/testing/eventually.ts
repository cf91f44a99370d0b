import { vi } from 'vitest';

/** Tries an assertion until it holds. Ten seconds are only ever spent on a failure, or on a machine that is very busy. */
export const eventually = <Result>(assertion: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(assertion, { timeout: 10_000, interval: 10 });
