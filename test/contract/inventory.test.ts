import { readFile } from 'node:fs/promises';
import { routes } from '@kopru/compat-rest/chat-v1/routes.ts';
import { describe, expect, test } from 'vitest';
import { backends } from '../env/backends.ts';
import { proved } from './covers.ts';
import { additions, endpoints, opcodes, rows } from './inventory.ts';

describe('the documents', () => {
  test.each(['en', 'tr'])('%s lists the endpoints and opcodes of the inventory', async (language) => {
    const facts = await factsOf(language);
    expect(facts.endpoints).toEqual(endpoints);
    expect(facts.opcodes).toEqual(opcodes);
  });

  test('agree in both languages', async () => {
    expect(await factsOf('tr')).toEqual(await factsOf('en'));
  });
});

test('what is served is in the inventory, and nothing else', () => {
  const served = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(served.sort()).toEqual([...endpoints, ...additions].sort());
});

test.each(backends)('every row has a test that ran over $name', async ({ name }) => {
  const ran = await proved(name);
  expect(rows.filter((row) => !ran.has(row))).toEqual([]);
});

/** The endpoints and opcodes that a document lists; `documents/` keeps of each what is the same in every language. */
async function factsOf(language: string) {
  const text = await readFile(new URL(`chat-v1/documents/${language}.md`, import.meta.url), 'utf8');
  return {
    endpoints: [...text.matchAll(/^- `([A-Z]+ [^`?]+)/gm)].map(([, endpoint]) => endpoint),
    opcodes: Object.fromEntries([...text.matchAll(/^\| (\d+) \| (\w+) \|$/gm)].map(([, code, name]) => [code, name])),
  };
}
