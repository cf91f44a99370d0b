import { AsyncLocalStorage } from 'node:async_hooks';

const asking = new AsyncLocalStorage<AbortSignal>();

/** Runs work that somebody waits for; `gone` fires when they do not any more. */
export const askedFor = <T>(gone: AbortSignal, work: () => Promise<T>): Promise<T> => asking.run(gone, work);

/**
 * Whether nobody waits for the work that runs now. They have told their client that it failed, so what is not written yet
 * is better not written.
 */
export const isAbandoned = (): boolean => asking.getStore()?.aborted ?? false;
