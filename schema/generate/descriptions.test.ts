import { readFile } from 'node:fs/promises';
import { Supergraph } from '@apollo/federation-internals';
import { errorCodes } from '@kopru/runtime/errors.ts';
import { isEnumType, isInputObjectType, isIntrospectionType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';

const supergraph = await readFile(new URL('../supergraph.graphql', import.meta.url), 'utf8');
const schema = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Everything a client can name, with what it says of itself. */
function* elements(): Generator<Described> {
  for (const type of types) {
    yield type;
    if (isEnumType(type)) for (const value of type.getValues()) yield within(type, value);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) yield within(type, field);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      yield within(type, field);
      for (const argument of field.args) yield within(within(type, field), argument);
    }
  }
}

const within = (outer: Described, { name, description }: Described): Described => ({
  name: `${outer.name}.${name}`,
  description,
});

test('everything that clients can name has a description, which is a sentence', () => {
  const all = [...elements()];
  expect(all.length).toBeGreaterThan(500);
  const poor = all.filter(({ description }) => !/^[^a-z].*\.$/s.test(description ?? ''));
  expect(poor.map(({ name }) => name)).toEqual([]);
});

test('the schema names every code that an error may have', () => {
  const told = schema.getQueryType()?.description + String(schema.getSubscriptionType()?.description);
  // It never leaves.
  for (const code of errorCodes.filter((code) => code !== 'VIEWER_REQUIRED')) expect(told).toContain(code);
});
