import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { beforeEach, expect, test } from 'vitest';
import { operationModules } from './operations.ts';

const schema = buildSchema(`
  type Query { thing(id: ID!, text: String): Thing }
  type Thing { id: ID! kind: Kind name: String part: Part }
  type Part { id: ID! }
  enum Kind { BIG SMALL }
`);
let folder: string;

beforeEach(async () => {
  folder = `${await mkdtemp(join(tmpdir(), 'kopru-test-'))}/`;
  await mkdir(`${folder}old`);
  return () => rm(folder, { recursive: true });
});

async function generate(files: Record<string, string>): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(`${folder}old/${name}`, text);
  const modules = await operationModules(folder, schema);
  expect(modules.map(([file]) => file)).toEqual([`${folder}old.ts`]);
  return modules[0]?.[1] ?? '';
}

test('an operation becomes a constant of its name, typed by what it selects', async () => {
  const text = await generate({ 'Thing.graphql': 'query Thing($id: ID!) { thing(id: $id) { id kind name } }' });
  expect(text).toContain('as TypedDocumentNode<ThingQuery, ThingQueryVariables>');
  expect(text).toContain('readonly id: string, readonly kind: Kind | null, readonly name: string | null');
});

test('an operation carries the fragments it reaches, each once, and no others', async () => {
  const text = await generate({
    'Thing.graphql': 'query Thing($id: ID!) { thing(id: $id) { ...Whole ...Whole } }',
    'Whole.graphql': 'fragment Whole on Thing { id part { ...Piece } }',
    'Piece.graphql': 'fragment Piece on Part { id }',
    'Other.graphql': 'query Other { thing(id: "1") { part { ...Piece } } }',
  });
  const [other = '', thing = ''] = text.split('export const ').slice(1);
  expect(thing.match(/fragment \w+/g)).toEqual(['fragment Whole', 'fragment Piece']);
  expect(other.match(/fragment \w+/g)).toEqual(['fragment Piece']);
});

test('text in an operation survives being quoted in a module', async () => {
  const placeholder = ['$', '{x}'].join('');
  const text = await generate({
    'Odd.graphql': `query Odd { thing(id: "1", text: "\` \\\\ ${placeholder}") { id } }`,
  });
  expect(text).toContain(`text: "\\\` \\\\\\\\ \\${placeholder}"`);
});

test.each([
  ['an operation that is not named as its file', 'query Another { thing(id: "1") { id } }', /Odd\.graphql.*Another/],
  ['a field that the graph has not', 'query Odd { thing(id: "1") { weight } }', /weight/],
  ['a variable that nothing uses', 'query Odd($id: ID!) { thing(id: "1") { id } }', /\$id/],
])('%s is refused', async (_, document, reason) => {
  await expect(generate({ 'Odd.graphql': document })).rejects.toThrow(reason);
});
