import { DefaultReporter, type SerializedError, type TestModule, type TestRunEndReason } from 'vitest/node';
import type { Service } from './service.ts';
import type { Services } from './services.ts';

/** Vitest's own report, then which backends were run, and as the last line the plain count of tests. */
export class BackendReporter extends DefaultReporter {
  private readonly services: Services;
  private readonly required: boolean;

  /** With `required`, a service that cannot be reached is a failure. */
  constructor(services: Services, required: boolean) {
    super();
    this.services = services;
    this.required = required;
  }

  override onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    super.onTestRunEnd(modules, errors, reason);
    const { database, redis, rabbitmq, chromium } = this.services;
    const missing = [database, redis, rabbitmq, chromium].filter((service) => service.version === null);
    const count = { passed: 0, failed: errors.length + (this.required ? missing.length : 0), skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === 'pending' ? 'skipped' : state] += 1;
      }
      const suites = [module, ...module.children.allSuites()];
      count.failed += suites.filter((suite) => suite.errors().length > 0).length;
    }
    if (count.failed > 0) process.exitCode = 1;
    console.log(
      `Backends: SQLite + memory: run; ${line('MariaDB', database)}; ${line('Redis', redis)}; ${line('RabbitMQ', rabbitmq)}; ${line('Chromium', chromium)}`,
    );
    if (this.required)
      for (const { url, reason } of missing)
        console.log(`REQUIRE_SERVICES is set, and ${host(url)} is away: ${reason}`);
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}

function line(name: string, { url, version, reason }: Service): string {
  return version ? `${version} at ${host(url)}: run` : `${name} at ${host(url)}: not reached (${reason})`;
}

/** Without what the URL may hold of a password; a program's path. */
const host = (url: string): string => new URL(url).host || new URL(url).pathname;
