import { protocolError } from '@kopru/runtime/errors.ts';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { withoutSuggestion } from './documents.ts';
import type { Limits } from './limits.ts';
import { type ListField, listFields } from './lists.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A value that is refused is told back, and may be of any length. */
const longestMessage = 500;

interface Compiled {
  readonly fields: readonly ListField[];
  readonly defaults: Variables;
}

/**
 * Checks what only a request tells: whether its variables fit, and how long the lists are that it gives and asks for.
 * The operation is looked through once; each request pays for its lists alone.
 */
export class RequestLimits {
  readonly #limits: Limits;
  readonly #introspection: boolean;
  readonly #compiled = new WeakMap<OperationDefinitionNode, Compiled>();

  constructor(limits: Limits, introspection: boolean) {
    this.#limits = limits;
    this.#introspection = introspection;
  }

  /** Why the request is refused, or undefined. The document must be valid. */
  check(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    given: Variables = {},
  ): GraphQLError | undefined {
    let compiled = this.#compiled.get(operation);
    if (!compiled) {
      compiled = { fields: listFields(schema, document, operation), defaults: defaultsOf(operation) };
      this.#compiled.set(operation, compiled);
    }
    const variables = { ...compiled.defaults, ...given };
    const { listSize, entries: most } = this.#limits;
    const refusals = Object.entries(given).flatMap(([name, value]) => {
      const length = longestList(value);
      return length > listSize ? [`$${name} holds a list of ${length} entries; at most ${listSize} are allowed.`] : [];
    });
    const entries = this.#entries(compiled.fields, variables, refusals);
    if (entries > most)
      refusals.push(`The operation asks for up to ${entries} entries of lists; at most ${most} are allowed.`);
    if (refusals.length > 0) return protocolError('GRAPHQL_VALIDATION_FAILED', refusals.join(' '));
    const message = misfit(schema, operation, given);
    if (message === undefined) return undefined;
    const told = this.#introspection ? message : withoutSuggestion(message);
    return protocolError('BAD_USER_INPUT', told.slice(0, longestMessage));
  }

  #entries(fields: readonly ListField[], variables: Variables, refusals: string[]): number {
    const { listSize } = this.#limits;
    let entries = 0;
    for (const { path, sizes, usual, inner } of fields) {
      let own: number | undefined;
      for (const { argument, value } of sizes) {
        const given = valueFromASTUntyped(value, variables);
        if (Array.isArray(given)) own = Math.max(own ?? 0, given.length);
        if (typeof given !== 'number') continue;
        if (given > listSize)
          refusals.push(`${path}(${argument}:) asks for ${given} entries; at most ${listSize} are allowed.`);
        own = Math.max(own ?? 0, given);
      }
      const size = own ?? usual;
      const below = this.#entries(inner, variables, refusals);
      entries += size + Math.max(size, 1) * below;
    }
    return entries;
  }
}

/** Why the variables do not fit the operation; undefined where they do. */
function misfit(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): string | undefined {
  if (variableDefinitions.length === 0) return undefined;
  return getVariableValues(schema, variableDefinitions, variables, { maxErrors: 1 }).errors?.[0]?.message;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    ),
  );
}

/** The length of the longest list anywhere in a value. Walks without recursion, for clients nest as they like. */
function longestList(value: unknown): number {
  let longest = 0;
  const left = [value];
  while (left.length > 0) {
    const current = left.pop();
    if (typeof current !== 'object' || current === null) continue;
    if (Array.isArray(current)) longest = Math.max(longest, current.length);
    for (const inner of Object.values(current)) left.push(inner);
  }
  return longest;
}
