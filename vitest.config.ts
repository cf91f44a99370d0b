import { defineConfig } from 'vitest/config';
import { BackendReporter } from './test/env/reporter.ts';
import { findServices } from './test/env/services.ts';

const services = await findServices(process.env);

export default defineConfig({
  // Otherwise Vite takes the ES module and the libraries the CommonJS one, and a schema of one is none to the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    provide: { services },
    reporters: [new BackendReporter(services, process.env.REQUIRE_SERVICES === '1')],
    projects: [
      project('unit', ['{runtime,router,compat-rest,subgraphs/*}/src/**/*.test.ts', '{schema,test/env}/**/*.test.ts']),
      project('contract', ['test/contract/**/*.test.ts']),
      project('e2e', ['test/e2e/**/*.test.ts']),
    ],
  },
});

function project(name: string, include: string[]) {
  return { extends: true as const, test: { name, include } };
}
