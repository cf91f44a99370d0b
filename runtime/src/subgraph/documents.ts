import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type ProtocolCode, protocolError } from '../errors.ts';

/** Characters of all documents of one kind that are kept parsed. */
const kept = 1_000_000;
/** As the router has it for those of its clients. */
const mostTokens = 1_500;

/** Reads the documents of one subgraph's callers, each once. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #planned = cache();
  readonly #foreign = cache();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** One that a service planned, from one that was valid. */
  planned(text: string): DocumentNode {
    return remembered(this.#planned, text, () => parse(text, { noLocation: true }));
  }

  /**
   * One of a stranger, who may have written anything: a fragment that spreads itself would be followed for ever.
   * @throws GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED
   */
  foreign(text: string): DocumentNode {
    return remembered(this.#foreign, text, () => {
      const document = parsed(text);
      const [error] = validate(this.#schema, document, undefined, { maxErrors: 1 });
      if (error) throw withCode(error, 'GRAPHQL_VALIDATION_FAILED');
      return document;
    });
  }
}

const cache = () => new LRUCache<string, DocumentNode>({ maxSize: kept, sizeCalculation: (_, { length }) => length });

function remembered(known: LRUCache<string, DocumentNode>, text: string, read: () => DocumentNode): DocumentNode {
  const document = known.get(text) ?? read();
  known.set(text, document);
  return document;
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text, { noLocation: true, maxTokens: mostTokens });
  } catch (error) {
    throw error instanceof GraphQLError ? withCode(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

const withCode = ({ message }: GraphQLError, code: ProtocolCode): GraphQLError => protocolError(code, message);
