import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's `rabbitmq-server` changes the user and the folder; the one of RabbitMQ itself, there, runs as whoever calls it. */
export const path = ['/usr/lib/rabbitmq/bin', process.env.PATH, '/usr/sbin', '/usr/local/sbin'].join(delimiter);

/** Those of the programs that this machine does not have. */
export const missingPrograms = (...names: readonly string[]): string[] =>
  names.filter((name) => !path.split(delimiter).some((folder) => isProgram(join(folder, name))));

/** Whether an attempt succeeds. */
export const succeeds = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
