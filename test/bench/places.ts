import { resolve } from 'node:path';
import { newPrivateKey } from '../client/forge.ts';
import { type Installation, startCluster, startEmbedded } from '../env/installation.ts';
import { type OpenBackend, openEmbedded, openServers } from '../env/open.ts';
import { findServices } from '../env/services.ts';

/** Where Köprü is measured: on which database, in one process or many. */
export interface BenchPlace {
  readonly name: string;
  open(): Promise<OpenBackend>;
  start(settings: Readonly<Record<string, string>>): Promise<Installation>;
}

/** Every place that can be had here, and of the others why not. */
export async function places(): Promise<readonly BenchPlace[]> {
  const services = await findServices(process.env);
  const { database, redis } = services;
  const embedded: BenchPlace = { name: 'SQLite, one process', open: openEmbedded, start: startEmbedded };
  for (const { version, reason, url } of [database, redis])
    if (version === null) console.log(`Left out what needs ${new URL(url).host}: ${reason}`);
  if (database.version === null || redis.version === null) return [embedded];
  const open = () => openServers(services);
  const [name = ''] = database.version.split(' ');
  return [
    embedded,
    { name: `${name}, one process`, open, start: startEmbedded },
    { name: `${name}, a process each`, open, start: startCluster },
  ];
}

/** Where each process leaves a CPU profile when it ends, for whoever asks for them with `BENCH_PROFILE=<folder>`. */
const profiled = (folder: string | undefined): Readonly<Record<string, string>> =>
  folder === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${resolve(folder)}` };

/** Runs `work` at a place of its own that is gone afterwards. */
export async function at<Result>(
  place: BenchPlace,
  settings: Readonly<Record<string, string>>,
  work: (installation: Installation) => Promise<Result>,
): Promise<Result> {
  await using backend = await place.open();
  const common = {
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
    JWT_PRIVATE_KEY: newPrivateKey(),
    ...profiled(process.env.BENCH_PROFILE),
  };
  await using installation = await place.start({ ...common, ...backend.settings, ...settings });
  return await work(installation);
}
