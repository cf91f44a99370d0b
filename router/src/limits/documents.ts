import { protocolError } from '@kopru/runtime/errors.ts';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Limits } from './limits.ts';
import { shapeRule } from './rule.ts';

/** Characters of all documents that are kept parsed. */
const kept = 500_000;

/** Why a document is refused unread: it is too long. Undefined where it is not. */
export const tooLong = (source: string, { length }: Limits): GraphQLError | undefined =>
  source.length > length
    ? protocolError(
        'GRAPHQL_VALIDATION_FAILED',
        `The document has ${source.length} characters; at most ${length} are allowed.`,
      )
    : undefined;

/** The rules that a document must satisfy beyond those of the language. */
export const ownRules = (limits: Limits, introspection: boolean): ValidationRule[] => [
  shapeRule(limits),
  ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
];

/** Reads documents for the doors that have no Apollo Server before them; those that are valid are kept. */
export class Documents {
  readonly #limits: Limits;
  readonly #introspection: boolean;
  readonly #rules: readonly ValidationRule[];
  readonly #valid = new LRUCache<string, DocumentNode>({
    maxSize: kept,
    sizeCalculation: (_, source) => source.length,
  });
  #schema: GraphQLSchema | undefined;

  constructor(limits: Limits, introspection: boolean) {
    this.#limits = limits;
    this.#introspection = introspection;
    this.#rules = [...specifiedRules, ...ownRules(limits, introspection)];
  }

  /** The document, valid against the schema, or everything that is wrong with it. */
  read(schema: GraphQLSchema, source: string): DocumentNode | readonly GraphQLError[] {
    if (schema !== this.#schema) this.#valid.clear();
    this.#schema = schema;
    const known = this.#valid.get(source);
    if (known) return known;
    const refusal = tooLong(source, this.#limits);
    if (refusal) return [refusal];
    const document = parsed(source, this.#limits.tokens);
    if (document instanceof GraphQLError) return [document];
    const errors = validate(schema, document, this.#rules);
    if (errors.length > 0) return errors.map((error) => withCode(this.#discreet(error), 'GRAPHQL_VALIDATION_FAILED'));
    this.#valid.set(source, document);
    return document;
  }

  /** Where the schema is not shown, suggestions would show it name by name. */
  #discreet(error: GraphQLError): GraphQLError {
    if (!this.#introspection) error.message = withoutSuggestion(error.message);
    return error;
  }
}

export const withoutSuggestion = (message: string): string => message.replace(/ Did you mean .+\?$/, '');

function parsed(source: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return withCode(error, 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}

const withCode = ({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  });
