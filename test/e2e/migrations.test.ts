import { community } from '@kopru/community/subgraph.ts';
import { dreams } from '@kopru/dreams/subgraph.ts';
import { identity } from '@kopru/identity/subgraph.ts';
import { messaging } from '@kopru/messaging/subgraph.ts';
import { openDatabase } from '@kopru/runtime/database/open.ts';
import { openMemoryLog } from '@kopru/runtime/events/memory.ts';
import { RuntimeOutbox1600000000000 } from '@kopru/runtime/events/outbox.migration.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { support } from '@kopru/support/subgraph.ts';
import type { MigrationInterface } from 'typeorm';
import { describe, expect, test, vi } from 'vitest';
import { backends } from '../env/backends.ts';

const logger = createLogger('test', 'silent');
const shared = backends.filter((backend) => backend.shared);

/** Opens the subgraph's database, and tells what its schema then looks like. */
async function migrated({ name, entities, migrations }: SubgraphDefinition, databaseUrl = ''): Promise<unknown> {
  const settings = { dataDir: '', databaseUrl };
  const log = openMemoryLog({ logger });
  const database = await openDatabase({ name, entities, migrations, settings, destination: log, logger });
  const schema = await Promise.all(
    [
      'SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY 1, 2',
      'SELECT table_name, index_name, column_name, non_unique FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY 1, 2, seq_in_index',
      'SELECT lane FROM outbox_lane ORDER BY 1',
      'SELECT name FROM migrations ORDER BY 1',
    ].map((sql) => database.reader.query(sql)),
  );
  await database.close();
  return schema;
}

/** Lets the migrations make so many changes and no more, as the end of a process does. Gives how many they made. */
function cutAfter(changes: number, { migrations }: SubgraphDefinition): { readonly made: () => number } & Disposable {
  let made = 0;
  const spies = [RuntimeOutbox1600000000000, ...migrations].map((migration) => {
    const prototype: MigrationInterface = migration.prototype;
    const { up } = prototype;
    return vi.spyOn(prototype, 'up').mockImplementation(async (runner) => {
      const query = runner.query.bind(runner);
      const limited: typeof query = async (sql: string, ...rest: unknown[]) => {
        if (/^(CREATE|ALTER|DROP|INSERT|UPDATE|DELETE)/i.test(sql) && made++ === changes) throw new Error('Cut off.');
        return (query as (...statement: unknown[]) => Promise<never>)(sql, ...rest);
      };
      runner.query = limited;
      await up.call(prototype, runner);
      runner.query = query;
      if (made === changes) throw new Error('Cut off.');
    });
  });
  return {
    made: () => made,
    [Symbol.dispose]: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

// SQLite undoes what was cut off, as a whole; MySQL undoes no change of a schema.
describe.each(shared)('on $name', ({ open }) => {
  test.each([identity, community, messaging, support, dreams])(
    'migrations of $name go on wherever they were cut off',
    { timeout: 120_000 },
    async (definition) => {
      await using whole = await open();
      using uncut = cutAfter(Number.POSITIVE_INFINITY, definition);
      const expected = await migrated(definition, whole.settings.DATABASE_URL);
      uncut[Symbol.dispose]();
      expect(uncut.made()).toBeGreaterThan(definition.migrations.length);
      for (let changes = 1; changes <= uncut.made(); changes++) {
        await using backend = await open();
        {
          using _ = cutAfter(changes, definition);
          await expect(migrated(definition, backend.settings.DATABASE_URL)).rejects.toThrow('Cut off.');
        }
        expect(await migrated(definition, backend.settings.DATABASE_URL)).toEqual(expected);
      }
    },
  );
});
if (shared.length === 0) test.skip('left out: MariaDB cannot be reached', () => undefined);
