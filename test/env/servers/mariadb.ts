import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { Program } from '../program.ts';
import { databaseVersion } from '../services.ts';
import { path, succeeds } from './programs.ts';

/** A MariaDB that may be taken away. */
export interface OwnMariadb {
  readonly server: Program;
  /** As `DATABASE_URL`. */
  readonly url: string;
  /** Ends every connection to it and takes no other, until what this gives is called. */
  shutOut(): Promise<() => Promise<void>>;
}

const mostConnections = 60;
/** It cannot be told to take fewer. */
const fewestConnections = 10;

const run = `
  mariadb-install-db --no-defaults --datadir="$1/data" --auth-root-authentication-method=normal --skip-test-db \
    --innodb-log-file-size=8M --user=root >"$1/install.log" 2>&1
  exec mariadbd --no-defaults --user=root --datadir="$1/data" --socket="$1/socket" --bind-address=127.0.0.1 --port="$2" \
    --innodb-log-file-size=8M --innodb-buffer-pool-size=32M --max-connections=${mostConnections}
`;

/** A MariaDB that keeps its data in `folder`. */
export function ownMariadb(folder: string, port: number): OwnMariadb {
  const serverUrl = `mysql://root@127.0.0.1:${port}`;
  const server = new Program({
    name: 'mariadbd',
    command: ['sh', '-ec', run, 'sh', folder, String(port)],
    environment: { PATH: path },
    folder,
    ready: () => succeeds(databaseVersion(serverUrl)),
  });
  return { server, url: `${serverUrl}/kopru`, shutOut: () => shutOut(serverUrl) };
}

async function shutOut(url: string): Promise<() => Promise<void>> {
  const admin = await createConnection(url);
  // With the one above what it takes that is kept for its owner.
  const others = await Promise.all(Array.from({ length: fewestConnections + 1 }, () => createConnection(url)));
  await admin.query('SET GLOBAL max_connections = ?', [fewestConnections]);
  const ours = 'SELECT id FROM information_schema.processlist WHERE db IS NOT NULL';
  const [connections] = await admin.query<RowDataPacket[]>(ours);
  for (const { id } of connections) await admin.query('KILL ?', [id]);
  return async () => {
    await admin.query('SET GLOBAL max_connections = ?', [mostConnections]);
    for (const connection of [admin, ...others]) connection.destroy();
  };
}
