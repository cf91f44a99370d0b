import { spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { Program } from '../program.ts';
import { databaseVersion } from '../services.ts';
import { path, succeeds } from './programs.ts';

/** A MariaDB whose disk is small. */
export interface SmallMariadb {
  readonly server: Program;
  /** As `DATABASE_URL`. */
  readonly url: string;
  /** Leaves no room on its disk. */
  fill(): Promise<void>;
  /** Gives the room back. */
  empty(): Promise<void>;
  /** Ends every connection to it and takes no other, until what this gives is called. */
  shutOut(): Promise<() => Promise<void>>;
}

const diskSize = '160m';
const mostConnections = 60;
/** It cannot be told to take fewer. */
const fewestConnections = 10;

/** The disk is in memory, mounted at $1 for this process alone, and goes with it. */
const run = `
  mount -t tmpfs -o size=${diskSize} tmpfs "$1"
  mkdir "$1/data"
  mariadb-install-db --no-defaults --datadir="$1/data" --auth-root-authentication-method=normal --skip-test-db \
    --innodb-log-file-size=8M --user=root >"$1/install.log" 2>&1
  exec mariadbd --no-defaults --user=root --datadir="$1/data" --socket="$1/socket" --bind-address=127.0.0.1 --port="$2" \
    --innodb-log-file-size=8M --innodb-buffer-pool-size=32M --max-connections=${mostConnections}
`;

/** What runs a program where it may mount; whoever is not root may do so as root of a namespace. */
const mounting = ['unshare', '--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])] as const;

export const mayMount = (): boolean =>
  spawnSync(mounting[0], [...mounting.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;

/** A MariaDB of which nothing is left when it ends. */
export function smallMariadb(folder: string, port: number): SmallMariadb {
  const serverUrl = `mysql://root@127.0.0.1:${port}`;
  const server = new Program({
    name: 'mariadbd',
    command: [...mounting, 'sh', '-ec', run, 'sh', folder, String(port)],
    environment: { PATH: path },
    folder,
    ready: () => succeeds(databaseVersion(serverUrl)),
  });
  // As the server sees it.
  const ballast = (): string => join(`/proc/${server.pid}/root`, folder, 'ballast');
  return {
    server,
    url: `${serverUrl}/kopru`,
    async fill() {
      await using file = await open(ballast(), 'w');
      const block = Buffer.alloc(64 * 1024);
      while (await succeeds(file.writeFile(block)));
    },
    empty: () => rm(ballast()),
    shutOut: () => shutOut(serverUrl),
  };
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
