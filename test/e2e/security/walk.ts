import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type OperationTypeNode,
} from 'graphql';

/** One way to ask for one field of the root. */
export interface Ask {
  readonly field: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Ids = Readonly<Record<string, readonly string[]>>;
type Values = Readonly<Record<string, unknown>>;
type Input = GraphQLArgument | GraphQLInputField;

/** How many ways down one document takes. Only where each may fail by itself, or one that fails would hide the others. */
const waysAtOnce = 12;

/**
 * Everything that can be asked of a schema about these ids: each root field with each of them, and below it every way
 * from object to object, `depth` objects far, with all that can be read on each.
 */
export function* walk(schema: GraphQLSchema, operation: OperationTypeNode, ids: Ids, depth: number): Generator<Ask> {
  for (const field of Object.values(schema.getRootType(operation)?.getFields() ?? {}))
    for (const variables of argumentsOf(field, ids)) {
      const given = field.args.filter(({ name }) => name in variables);
      const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(', ');
      const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
      const ways = [...waysDown(schema, getNamedType(field.type), depth)];
      const alone = operation !== 'query' || isNonNullType(field.type);
      while (ways.length > 0) {
        const asked = ways
          .splice(0, alone ? 1 : waysAtOnce)
          .map((way, index) => `${alone ? '' : `way${index}: `}${field.name}${passed && `(${passed})`} ${way}`);
        const query = `${operation} ${declared && `(${declared})`} { ${asked.join(' ')} }`;
        yield { field: field.name, query, variables };
      }
    }
}

/** Each way down from a type, as a selection set. The nodes of a page are no further than the page. */
function* waysDown(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): Generator<string> {
  if (isAbstractType(type)) {
    for (const possible of schema.getPossibleTypes(type))
      for (const way of waysDown(schema, possible, depth)) yield `{ ... on ${possible.name} ${way} }`;
    return;
  }
  if (!isObjectType(type)) {
    yield '';
    return;
  }
  const open = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const leaves = open.filter((field) => isLeafType(getNamedType(field.type))).map(({ name }) => name);
  const objects = open.filter((field) => !isLeafType(getNamedType(field.type)));
  const read = ['__typename', ...leaves].join(' ');
  const left = /(Connection|Edge)$/.test(type.name) ? depth : depth - 1;
  if (left < 0 || objects.length === 0) yield `{ ${read} }`;
  else
    for (const { name, args, type } of objects) {
      const page = args.some((arg) => arg.name === 'first') ? '(first: 5)' : '';
      for (const way of waysDown(schema, getNamedType(type), left)) yield `{ ${read} ${name}${page} ${way} }`;
    }
}

/** Every combination of the ids that the arguments of a field, or the fields of its input, take. */
function argumentsOf(field: GraphQLField<unknown, unknown>, ids: Ids): Values[] {
  const input = field.args.find(({ name }) => name === 'input');
  const type = input && getNamedType(input.type);
  if (!isInputObjectType(type)) return combinations(field.args, ids);
  return combinations(Object.values(type.getFields()), ids).map((input) => ({ input }));
}

function combinations(inputs: readonly Input[], ids: Ids): Values[] {
  let all: Values[] = [{}];
  for (const input of inputs) {
    const values = valuesFor(input, ids);
    if (values.length > 0) all = all.flatMap((given) => values.map((value) => ({ ...given, [input.name]: value })));
  }
  return all;
}

/** The ids that it takes; something where it must be given; else nothing. */
function valuesFor({ name, type, defaultValue }: Input, ids: Ids): readonly unknown[] {
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  const known = ids[name] ?? [];
  if (known.length > 0) return isList ? [known] : known;
  if (!isNonNullType(type) || defaultValue !== undefined) return [];
  const named = getNamedType(type);
  const value = isEnumType(named) ? named.getValues()[0]?.name : 'x';
  return [isList ? [value] : value];
}
