import DataLoader from 'dataloader';

/**
 * Loads rows for all requests together: what one turn of the event loop asks for is one call of `load`, each key once.
 * Nothing is kept and `load` is not told who asks, so that nothing is stale and nothing can depend on it.
 * @throws whatever `load` throws, to everybody who was waiting for it
 */
export function together<Row extends object>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>,
): (keys: readonly string[]) => Promise<(Row | null)[]> {
  const loader = new DataLoader<string, Row | null>(
    async (keys) => {
      const rows = await load([...new Set(keys)]);
      return keys.map((key) => rows.get(key) ?? null);
    },
    { cache: false, batchScheduleFn: (dispatch) => setImmediate(dispatch) },
  );
  return (keys) => Promise.all(keys.map((key) => loader.load(key)));
}
