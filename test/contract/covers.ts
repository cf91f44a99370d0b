import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject, onTestFinished, type TestContext } from 'vitest';
import type { Row } from './inventory.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder in which the tests of one run note the rows that they proved. */
    readonly proved: string;
  }
}

/** Says, from inside a test, which rows it proves. They count once it has passed. */
export function covers(...rows: readonly Row[]): void {
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'pass') return;
    const lines = rows.map((row) => `${backendOf(task)}\t${row}\n`);
    await appendFile(join(inject('proved'), `${process.pid}`), lines.join(''));
  });
}

/** The rows that tests proved over one backend so far. */
export async function proved(backend: string): Promise<ReadonlySet<string>> {
  const folder = inject('proved');
  const notes = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
  const lines = notes.flatMap((note) =>
    note
      .trim()
      .split('\n')
      .map((line) => line.split('\t')),
  );
  return new Set(lines.filter(([name]) => name === backend).map(([, row = '']) => row));
}

/** Tests lie in a suite that is named for the backend. */
function backendOf(task: TestContext['task']): string {
  let suite = task.suite;
  while (suite?.suite) suite = suite.suite;
  return suite?.name ?? '';
}
