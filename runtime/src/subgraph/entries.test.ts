import { buildSchema, execute, parse } from 'graphql';
import { expect, test } from 'vitest';
import { boundEntries } from './entries.ts';

const schema = buildSchema(`
  type Query { people: [Person!]!, later: [Person], names: [String!]!, nobody: [Person] }
  type Person { name: String, friends: [Person!]! }
`);
boundEntries(schema, 10);

const person = (): object => ({ name: 'Ada', friends: () => [person(), person()] });
const rootValue = {
  people: () => [person(), person()],
  later: async () => [person(), null],
  names: () => Array(100).fill('Ada'),
  nobody: null,
};
const run = (query: string) => execute({ schema, document: parse(query), rootValue, contextValue: {} });

test.each([
  ['2 and 4', '{ people { friends { name } } }'],
  ['2, 2 and 2 and 4', '{ a: people { name } b: later { name } c: people { friends { name } } }'],
  ['none that are objects', '{ names nobody { name } }'],
])('lists with entries as many as are allowed are given: %s', async (_entries, query) => {
  expect(await run(query)).not.toHaveProperty('errors');
});

test.each([
  ['within each other', '{ people { friends { friends { name } } } }'],
  ['beside each other', '{ a: people { friends { name } } b: people { friends { name } } }'],
  ['that come later', '{ people { friends { name } } a: later { name } b: later { name } c: later { name } }'],
])('lists %s are refused past the bound', async (_how, query) => {
  const { errors } = await run(query);
  expect(errors?.[0]).toMatchObject({
    message: 'The lists of the answer have more than 10 entries; ask for less at a time.',
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
});

test('the refusal is said once', async () => {
  const { errors } = await run('{ people { friends { friends { friends { friends { name } } } } } }');
  expect(errors).toHaveLength(1);
});

test('each request begins anew', async () => {
  for (let request = 0; request < 5; request += 1)
    expect(await run('{ people { friends { name } } }')).not.toHaveProperty('errors');
});
