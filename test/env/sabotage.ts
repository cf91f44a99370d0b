import { join } from 'node:path';
import Libsql from 'libsql';
import { createConnection } from 'mysql2/promise';

type Settings = Readonly<Record<string, string>>;

/** Takes the outbox of a subgraph away, so that it can read but every write of it fails, until the work is done. */
export async function withoutWrites(settings: Settings, subgraph: string, work: () => Promise<void>): Promise<void> {
  await rename(settings, subgraph, 'outbox', 'outbox_away');
  try {
    await work();
  } finally {
    await rename(settings, subgraph, 'outbox_away', 'outbox');
  }
}

async function rename(settings: Settings, subgraph: string, from: string, to: string): Promise<void> {
  if (settings.DATABASE_URL) {
    const connection = await createConnection(`${settings.DATABASE_URL}_${subgraph}`);
    await connection.query('RENAME TABLE ?? TO ??', [from, to]);
    await connection.end();
  } else {
    const database = new Libsql(join(settings.DATA_DIR ?? '', `${subgraph}.sqlite`), { timeout: 10_000 });
    database.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
    database.close();
  }
}
