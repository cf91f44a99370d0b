import type { QueryRunner } from 'typeorm';

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
