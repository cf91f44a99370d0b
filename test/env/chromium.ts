import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Service } from './service.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const run = promisify(execFile);

/** Looks for a Chromium: the one that `TEST_CHROMIUM` names, else the first in the path. Its `url` is that of its file. */
export async function findChromium({ TEST_CHROMIUM, PATH = '' }: NodeJS.ProcessEnv): Promise<Service> {
  const folders = PATH.split(delimiter);
  const candidates = TEST_CHROMIUM ? [TEST_CHROMIUM] : names.flatMap((name) => folders.map((at) => join(at, name)));
  for (const path of candidates) {
    if (!(await isExecutable(path))) continue;
    const { stdout } = await run(path, ['--version']);
    return { url: `file://${path}`, version: `Chromium ${/[\d.]+/.exec(stdout)?.[0]}`, reason: null };
  }
  const reason = `no ${TEST_CHROMIUM ?? names.join(', ')} in the path`;
  return { url: `file:///${TEST_CHROMIUM ?? names[0]}`, version: null, reason };
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or nothing to run: the answer to the question.
    return false;
  }
}
