import { buildSchema, getIntrospectionQuery, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Documents } from './documents.ts';
import { type Limits, limits } from './limits.ts';
import { RequestLimits } from './request.ts';
import { shapeRule } from './rule.ts';

const schema = buildSchema(`
  type Query { me: Person!, people(ids: [ID!]!, filter: Filter): [Person!]!, search(limit: Int): [Person!]! }
  input Filter { names: [String!] }
  type Person { id: ID!, name: String!, friend: Person, friends(first: Int, last: Int): Page! }
  type Page { edges: [Edge!]! }
  type Edge { node: Person! }
`);

const shapeErrors = (query: string, own: Partial<Limits> = {}): string[] =>
  validate(schema, parse(query), [shapeRule({ ...limits, ...own })]).map(({ message }) => message);

function refusal(query: string, variables?: Record<string, unknown>): string | undefined {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  expect(validate(schema, document)).toEqual([]);
  return new RequestLimits(limits, true).check(schema, document, operation, variables)?.message;
}

const nested = (levels: number): string => (levels === 1 ? 'id' : `friend { ${nested(levels - 1)} }`);

describe('the shape of an operation', () => {
  test('is refused past the depth, through fragments too', () => {
    expect(shapeErrors(`{ me { ${nested(14)} } }`)).toEqual([]);
    expect(shapeErrors(`{ me { ${nested(15)} } }`)).toEqual([
      'The operation is nested 16 levels deep; at most 15 are allowed.',
    ]);
    const spread = `query Deep { me { ...A } } fragment A on Person { friend { ...B } } fragment B on Person { ${nested(13)} }`;
    expect(shapeErrors(spread)).toEqual([]);
    expect(shapeErrors(spread, { depth: 14 })).toEqual([
      'Operation "Deep" is nested 15 levels deep; at most 14 are allowed.',
    ]);
  });

  test('is measured where fragments multiply, without following each of the ways', () => {
    const doubling = Array.from(
      { length: 30 },
      (_, n) => `fragment F${n} on Person { a: friend { ...F${n + 1} } b: friend { ...F${n + 1} } }`,
    );
    const query = `{ me { ...F0 } } ${doubling.join(' ')} fragment F30 on Person { id }`;
    expect(shapeErrors(query)).toEqual([
      'The operation is nested 32 levels deep; at most 15 are allowed.',
      `The operation selects ${2 ** 31 + 2 ** 30 - 1} fields; at most 2000 are allowed.`,
      `The operation has ${2 ** 31 - 2} aliases; at most 30 are allowed.`,
    ]);
  });

  test('is refused with too many aliases or root fields', () => {
    const aliased = (count: number): string => Array.from({ length: count }, (_, n) => `a${n}: name`).join(' ');
    expect(shapeErrors(`{ me { ${aliased(30)} } }`)).toEqual([]);
    expect(shapeErrors(`{ me { ${aliased(31)} } }`)).toEqual(['The operation has 31 aliases; at most 30 are allowed.']);
    expect(shapeErrors('{ me { id } ...More } fragment More on Query { again: me { id } }', { rootFields: 1 })).toEqual(
      ['The operation selects 2 fields at its root; at most 1 are allowed.'],
    );
  });

  test('is refused with a long list in the document', () => {
    const ids = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, n) => `${n}`));
    expect(shapeErrors(`{ people(ids: ${ids(100)}) { id } }`)).toEqual([]);
    expect(shapeErrors(`{ people(ids: ${ids(101)}) { id } }`)).toEqual([
      'A list has 101 entries; at most 100 are allowed.',
    ]);
  });

  test('is no concern of a fragment that spreads itself', () => {
    expect(shapeErrors('{ me { ...A } } fragment A on Person { friend { ...A } }')).toEqual([]);
  });

  test('leaves introspection alone', () => {
    expect(validate(schema, parse(getIntrospectionQuery()), [shapeRule({ ...limits, depth: 3 })])).toEqual([]);
  });
});

describe('the lists of a request', () => {
  test.each([
    ['{ me { friends(first: 101) { edges { node { id } } } } }', {}, 'me.friends(first:) asks for 101 entries'],
    [
      'query ($n: Int) { me { f: friends(last: $n) { edges { node { id } } } } }',
      { n: 500 },
      'me.f(last:) asks for 500 entries',
    ],
    ['query ($n: Int = 200) { search(limit: $n) { id } }', {}, 'search(limit:) asks for 200 entries'],
    [
      'query ($ids: [ID!]!) { people(ids: $ids) { id } }',
      { ids: Array(101).fill('1') },
      '$ids holds a list of 101 entries',
    ],
    [
      'query ($f: Filter) { people(ids: [], filter: $f) { id } }',
      { f: { names: Array(130).fill('x') } },
      '$f holds a list of 130 entries',
    ],
  ])('%s is refused', (query, variables, found) => {
    expect(refusal(query, variables)).toBe(`${found}; at most 100 are allowed.`);
  });

  test('are counted for each entry of the list around them', () => {
    const friends = (sizes: number[]): string =>
      sizes.reduceRight((inner, size) => `friends(first: ${size}) { edges { node { id ${inner} } } }`, '');
    expect(refusal(`{ me { ${friends([100, 100])} } }`)).toBeUndefined();
    expect(refusal(`{ me { ${friends([100, 100, 2])} } }`)).toBe(
      'The operation asks for up to 30100 entries of lists; at most 20000 are allowed.',
    );
    const unsized =
      '{ me { friends { edges { node { ...More } } } } } fragment More on Person { friends { edges { node { friends { edges { node { id } } } } } } }';
    expect(refusal(unsized)).toContain('127550 entries');
  });

  test('are checked with each request of a document that was seen before', () => {
    const document = parse('query ($n: Int) { search(limit: $n) { id } }');
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    const requests = new RequestLimits(limits, true);
    expect(requests.check(schema, document, operation, { n: 100 })).toBeUndefined();
    expect(requests.check(schema, document, operation, { n: 101 })).toBeDefined();
    expect(requests.check(schema, document, operation, { n: 1 })).toBeUndefined();
  });
});

describe('a document', () => {
  const documents = new Documents({ ...limits, length: 200, tokens: 12 }, false);
  const codes = (source: string): unknown => {
    const read = documents.read(schema, source);
    return Array.isArray(read) ? read.map(({ message, extensions }) => [extensions.code, message]) : 'valid';
  };

  test('is refused for its length, its tokens, its syntax and what it asks for', () => {
    expect(codes('{ me { id name } }')).toBe('valid');
    expect(codes(`{ me { id } } # ${'x'.repeat(200)}`)).toEqual([
      ['GRAPHQL_VALIDATION_FAILED', 'The document has 216 characters; at most 200 are allowed.'],
    ]);
    expect(codes('{ me { id id id id id id id id id id } }')).toEqual([
      ['GRAPHQL_PARSE_FAILED', expect.stringContaining('12 tokens')],
    ]);
    expect(codes('{ me {')).toEqual([['GRAPHQL_PARSE_FAILED', expect.stringContaining('Syntax Error')]]);
    expect(codes('{ me { nothing } }')).toEqual([['GRAPHQL_VALIDATION_FAILED', expect.stringContaining('nothing')]]);
    expect(codes('{ __schema { types { name } } }')).toHaveLength(2);
    expect(codes('{ mee { id } }')).toEqual([
      ['GRAPHQL_VALIDATION_FAILED', 'Cannot query field "mee" on type "Query".'],
    ]);
  });

  test('is read once, until the schema is another', () => {
    const read = documents.read(schema, '{ me { id } }');
    expect(documents.read(schema, '{ me { id } }')).toBe(read);
    expect(documents.read(buildSchema('type Query { me: Int }'), '{ me { id } }')).toEqual([expect.anything()]);
  });
});
