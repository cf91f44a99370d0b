import { createPrivateKey } from 'node:crypto';
import { isNetwork, type ProxyTrust } from './client.ts';

/** One setting: how its text becomes a value, and what it takes, for the sentence that refuses anything else. */
export interface Setting<Value> {
  readonly description: string;
  /** Reads on after "it takes". */
  readonly takes: string;
  readonly fallback: Value;
  /** Undefined where the text is not one of what it takes. */
  readonly parse: (text: string) => Value | undefined;
  /** Its value never appears in a message or the log. */
  readonly secret?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a set of settings of different types.
export type Settings = Readonly<Record<string, Setting<any>>>;
export type Values<S extends Settings> = {
  readonly [Key in keyof S]: S[Key] extends Setting<infer Value> ? Value : never;
};

/** The environment does not make a valid configuration. The message has one sentence for each setting concerned. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads `settings` from the environment; an empty value is an absent one. @throws ConfigError naming everything that is wrong. */
export function readSettings<S extends Settings>(settings: S, environment: NodeJS.ProcessEnv): Values<S> {
  const wrong: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const text = environment[key]?.trim();
    if (!text) {
      values[key] = setting.fallback;
      continue;
    }
    const value: unknown = setting.parse(text);
    if (value === undefined)
      wrong.push(`${key} is ${setting.secret ? '(hidden)' : JSON.stringify(text)}; it takes ${setting.takes}.`);
    values[key] = value;
  }
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'));
  return values as Values<S>;
}

/** Refuses names that nothing reads, such as a misspelt key of an environment file. @throws ConfigError */
export function refuseUnknown(names: readonly string[], known: ReadonlySet<string>): void {
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new ConfigError(
      unknown.map((name) => `${name} is not a setting; .env.example lists all there are.`).join('\n'),
    );
}

export const text = (description: string, fallback: string): Setting<string> => ({
  description,
  takes: 'any text',
  fallback,
  parse: (value) => value,
});

export const secret = (
  description: string,
  takes: string,
  accepts: (value: string) => boolean,
): Setting<string | undefined> => ({
  description,
  takes,
  fallback: undefined,
  parse: (value) => (accepts(value) ? value : undefined),
  secret: true,
});

export const port = (description: string, fallback: number): Setting<number> =>
  wholeNumber(description, fallback, 0, 65_535);

export const wholeNumber = (description: string, fallback: number, least: number, most: number): Setting<number> => ({
  description,
  takes: `a whole number from ${least} to ${most}`,
  fallback,
  parse: (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  },
});

export const oneOf = <const Option extends string>(
  description: string,
  options: readonly Option[],
  fallback: Option,
): Setting<Option> => ({
  description,
  takes: `one of ${options.join(', ')}`,
  fallback,
  parse: (value) => options.find((option) => option === value),
});

export const flag = (description: string, fallback: boolean): Setting<boolean> => ({
  description,
  takes: 'true or false',
  fallback,
  parse: (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
});

/** A URL with one of the protocols (`mysql:`); undefined where it is not set. It may hold a password, so it is never shown. */
export const url = (description: string, protocols: readonly string[]): Setting<string | undefined> => ({
  description,
  takes: `a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  fallback: undefined,
  parse: (value) => (URL.canParse(value) && protocols.includes(new URL(value).protocol) ? value : undefined),
  secret: true,
});

const proxies = (description: string): Setting<ProxyTrust> => ({
  description,
  takes: 'true, false, or the addresses of proxies and networks such as 203.0.113.0/24 with commas between',
  fallback: false,
  parse: (value) => {
    if (value === 'true' || value === 'false') return value === 'true';
    const entries = value.split(',').map((entry) => entry.trim());
    return entries.every(isNetwork) ? entries : undefined;
  },
});

/** Several values with commas between; each must satisfy `accepts`. */
export const list = (
  description: string,
  takes: string,
  fallback: readonly string[],
  accepts: (value: string) => boolean,
): Setting<readonly string[]> => ({
  description,
  takes,
  fallback,
  parse: (value) => {
    const entries = value.split(',').map((entry) => entry.trim());
    return entries.every(accepts) ? entries : undefined;
  },
});

function isEd25519Key(pem: string): boolean {
  try {
    return (
      createPrivateKey(pem.replaceAll('\\n', '\n')).asymmetricKeyType === 'ed25519' && pem.includes('BEGIN PRIVATE')
    );
  } catch {
    return false;
  }
}

/** What every service reads. */
export const commonSettings = {
  NODE_ENV: oneOf('Which kind of run this is.', ['development', 'production', 'test'], 'development'),
  LOG_LEVEL: oneOf(
    'The least severe lines that are logged.',
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'info',
  ),
  HOST: text('The address that every port listens on.', '127.0.0.1'),
  DATA_DIR: text('Where embedded databases and keys are kept.', 'data'),
  DATABASE_URL: url(
    'MySQL 8 or MariaDB 10.6+; each subgraph has a schema of its own there, named <path>_<subgraph>. SQLite where absent.',
    ['mysql:', 'mariadb:'],
  ),
  DATABASE_READ_URL: url('A replica that reads may go to.', ['mysql:', 'mariadb:']),
  REDIS_URL: url('The event log of several processes. In memory where absent.', ['redis:', 'rediss:']),
  REDIS_PREFIX: text(
    'What every key and channel of the event log in Redis begins with; systems that share a Redis differ in it.',
    'kopru:',
  ),
  WRITES_PER_MINUTE: wholeNumber(
    'How many mutations one user may run in a minute, such as sending a message; counted over all processes.',
    6_000,
    1,
    1_000_000,
  ),
  METRICS_TOKEN: secret(
    'What Authorization: Bearer must carry to read /metrics. Where absent, only this machine and private networks may, and nothing that a proxy passes on.',
    'at least 16 characters without spaces',
    (value) => /^[\x21-\x7e]{16,}$/.test(value),
  ),
  GATEWAY_EVENTS_CHANNEL: text(
    'The Redis channel on which services outside hear of events, as {event, data}; it takes no prefix.',
    'gateway_events',
  ),
  AMQP_URL: url('RabbitMQ in front of the event log; its path is the virtual host.', ['amqp:', 'amqps:']),
  AMQP_EXCHANGE: text(
    'The durable topic exchange that is shared with services outside; the names of the queues begin with it.',
    'discord_events',
  ),
  JWT_PRIVATE_KEY: secret(
    'The Ed25519 key that signs tokens; PKCS #8 PEM, line ends as \\n. Made and kept under DATA_DIR where absent.',
    'an Ed25519 private key in PKCS #8 PEM',
    isEd25519Key,
  ),
} as const satisfies Settings;
export type CommonSettings = Values<typeof commonSettings>;

/** What every service reads that clients speak to. */
export const frontSettings = {
  CORS_ORIGINS: list(
    'The web origins whose pages may call, with commas between; * lets all of them.',
    '*, or origins such as https://app.example with commas between',
    ['*'],
    (value) => value === '*' || (URL.canParse(value) && new URL(value).origin === value),
  ),
  TRUST_PROXY: proxies(
    'Whose X-Forwarded-For says who the client is; true stands for proxies on this machine and in private networks.',
  ),
} as const satisfies Settings;
export type FrontSettings = Values<typeof frontSettings>;

/** Whether pages of this origin may call. A request without one comes from no page. */
export const allowsOrigin = (origins: FrontSettings['CORS_ORIGINS'], origin: string | undefined): boolean =>
  origin === undefined || origins.includes('*') || origins.includes(origin);

/** `SUBGRAPH_<NAME>_URL` for each subgraph: where it is reached, and whose port it listens on itself. */
export function subgraphUrlSettings(
  fallbacks: Readonly<Record<string, string>>,
): Readonly<Record<string, Setting<string>>> {
  const entries = Object.entries(fallbacks).map(([name, fallback]) => {
    const setting = url(`Where the ${name} subgraph is reached, and the port it listens on itself.`, [
      'http:',
      'https:',
    ]);
    return [subgraphUrlKey(name), { ...setting, fallback, secret: false }] as const;
  });
  return Object.fromEntries(entries);
}
export const subgraphUrlKey = (name: string): string => `SUBGRAPH_${name.toUpperCase()}_URL`;
