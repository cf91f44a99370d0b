import type { DataSource, QueryRunner } from 'typeorm';
import { unavailable } from '../errors.ts';

/**
 * Marks the runner as inside a transaction that was begun by hand, so that one inside it becomes a savepoint.
 * The function it returns ends the runner's use: further statements are refused, and those under way have ended when it
 * resolves. Otherwise one that `work` left running could slip in after the commit, where each commits by itself.
 */
export function enterTransaction(runner: QueryRunner): () => Promise<void> {
  const running = new Set<Promise<unknown>>();
  const query = runner.query.bind(runner);
  const follow: typeof query = (...statement: Parameters<typeof query>) => {
    const result = query(...statement);
    running.add(result);
    const ended = (): unknown => running.delete(result);
    result.then(ended, ended);
    return result;
  };
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1, query: follow });
  return async () => {
    Object.assign(runner, { isReleased: true });
    await Promise.allSettled(running);
  };
}

/** Makes every statement outside a write say UNAVAILABLE where `isOutage` says that nothing is wrong with the statement itself. */
export function reportingOutages(source: DataSource, isOutage: (error: unknown) => boolean): DataSource {
  const create = source.createQueryRunner.bind(source);
  // SQLite has one runner for all.
  const reporting = new WeakSet<QueryRunner>();
  source.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (reporting.has(runner)) return runner;
    reporting.add(runner);
    const query = runner.query.bind(runner);
    const report: typeof query = (...statement: Parameters<typeof query>) =>
      query(...statement).catch((error: unknown) => {
        throw isOutage(error) ? unavailable(undefined, error as Error) : error;
      });
    return Object.assign(runner, { query: report });
  };
  return source;
}
