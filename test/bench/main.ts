import { channel } from './channel.ts';
import { gateway, live } from './fronts.ts';
import { support } from './support.ts';

/** `npm run bench` runs every benchmark, `npm run bench -- <name>` one. */
const benchmarks: Readonly<Record<string, () => Promise<void>>> = { channel, live, gateway, support };

const [name] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(benchmarks, name)) {
  console.error(`There is no benchmark "${name}"; there are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exitCode = 1;
} else {
  for (const [key, run] of Object.entries(benchmarks)) if (name === undefined || name === key) await run();
}
