import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BackendReporter } from './test/env/reporter.ts';
import { findServices } from './test/env/services.ts';

const services = await findServices(process.env);
const proved = mkdtempSync(join(tmpdir(), 'kopru-proved-'));
process.once('exit', () => rmSync(proved, { recursive: true, force: true }));

type ProjectConfig = NonNullable<TestProjectInlineConfiguration['test']>;
/** How long tests of processes may take on a machine that is busy; they wait on conditions, so it is only ever spent on a failure. */
const wholeInstallation: ProjectConfig = {
  testTimeout: 60_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 20_000 } },
};

export default defineConfig({
  // Otherwise Vite takes the ES module and the libraries the CommonJS one, and a schema of one is none to the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    provide: { services, proved },
    expect: { poll: { timeout: 10_000 } },
    reporters: [new BackendReporter(services, process.env.REQUIRE_SERVICES === '1')],
    projects: [
      project('unit', [
        '{runtime,router,compat-rest,compat-rest/pages,subgraphs/*}/src/**/*.test.ts',
        '{schema,test/env}/**/*.test.ts',
      ]),
      project('contract', ['test/contract/*/**/*.test.ts'], wholeInstallation),
      project('e2e', ['test/e2e/**/*.test.ts'], wholeInstallation),
      // Looks at what the others proved, so it runs when they have. Order 0 is not first: of one worker, Vitest runs it last.
      project('inventory', ['test/contract/inventory.test.ts'], { sequence: { groupOrder: 2 } }),
    ],
  },
});

function project(name: string, include: string[], more: ProjectConfig = {}) {
  return { extends: true as const, test: { name, include, sequence: { groupOrder: 1 }, ...more } };
}
