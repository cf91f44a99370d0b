import { expect, test } from 'vitest';
import {
  commonSettings,
  flag,
  list,
  oneOf,
  port,
  readSettings,
  refuseUnknown,
  subgraphUrlSettings,
  wholeNumber,
} from './config.ts';

const settings = {
  ...commonSettings,
  ...subgraphUrlSettings({ identity: 'http://127.0.0.1:4001/graphql' }),
  PORT: port('The port.', 4000),
  LIMIT: wholeNumber('A limit.', 5, 1, 10),
  INTROSPECTION: flag('Introspection.', true),
  COLOUR: oneOf('A colour.', ['red', 'blue'], 'red'),
  ORIGINS: list('Origins.', 'origins with commas between', ['*'], (entry) => entry.startsWith('https://')),
};

test('what is absent or empty is the default', () => {
  expect(readSettings(settings, { PORT: '', LOG_LEVEL: ' ' })).toMatchObject({
    PORT: 4000,
    LOG_LEVEL: 'info',
    DATA_DIR: 'data',
    DATABASE_URL: undefined,
    INTROSPECTION: true,
    SUBGRAPH_IDENTITY_URL: 'http://127.0.0.1:4001/graphql',
  });
});

test('values are read into their types', () => {
  const environment = {
    PORT: '0',
    LIMIT: '10',
    INTROSPECTION: 'false',
    COLOUR: 'blue',
    ORIGINS: 'https://a.example, https://b.example',
  };
  expect(readSettings(settings, environment)).toMatchObject({
    PORT: 0,
    LIMIT: 10,
    INTROSPECTION: false,
    COLOUR: 'blue',
    ORIGINS: ['https://a.example', 'https://b.example'],
  });
});

test.each([
  ['PORT', '70000', 'PORT is "70000"; it takes a whole number from 0 to 65535.'],
  ['PORT', '4000x', 'PORT is "4000x"; it takes a whole number from 0 to 65535.'],
  ['LIMIT', '11', 'LIMIT is "11"; it takes a whole number from 1 to 10.'],
  ['INTROSPECTION', 'yes', 'INTROSPECTION is "yes"; it takes true or false.'],
  ['COLOUR', 'green', 'COLOUR is "green"; it takes one of red, blue.'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud"; it takes one of trace, debug, info, warn, error, fatal, silent.'],
  ['ORIGINS', 'https://a.example,b', 'ORIGINS is "https://a.example,b"; it takes origins with commas between.'],
  [
    'SUBGRAPH_IDENTITY_URL',
    'identity:4001',
    'SUBGRAPH_IDENTITY_URL is "identity:4001"; it takes a URL that begins with http:// or https://.',
  ],
])('%s=%s stops the start with a sentence', (key, value, sentence) => {
  expect(() => readSettings(settings, { [key]: value })).toThrow(sentence);
});

test('everything that is wrong is named at once, and no secret with it', () => {
  const read = (): unknown =>
    readSettings(settings, { DATABASE_URL: 'postgres://root:hunter2@db', JWT_PRIVATE_KEY: 'hunter3', PORT: 'x' });
  expect(read).toThrow('DATABASE_URL is (hidden); it takes a URL that begins with mysql:// or mariadb://.');
  expect(read).toThrow('JWT_PRIVATE_KEY is (hidden)');
  expect(read).toThrow('PORT is "x"');
  expect(read).not.toThrow(/hunter/);
});

test('a name that nothing reads is refused', () => {
  expect(() => refuseUnknown(['PROT'], new Set(['PORT']))).toThrow(
    'PROT is not a setting; .env.example lists all there are.',
  );
  expect(() => refuseUnknown(['PORT'], new Set(['PORT']))).not.toThrow();
});
