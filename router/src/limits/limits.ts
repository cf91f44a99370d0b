/** What one operation may ask for; the same over every transport. */
export interface Limits {
  /** Characters of the document. */
  readonly length: number;
  /** Tokens of the document, as the lexer counts them. */
  readonly tokens: number;
  /** How deep fields may nest. Introspection has a limit of its own in graphql-js. */
  readonly depth: number;
  /** Fields in all, each fragment counted wherever it is spread. */
  readonly fields: number;
  /** Fields directly under the operation. */
  readonly rootFields: number;
  readonly aliases: number;
  /** Entries of any list: asked for by `first`, `last` or `limit`, or given in an argument. */
  readonly listSize: number;
  /** Entries of all lists together, a list within a list counted for each entry of the outer one. */
  readonly entries: number;
}

export const limits: Limits = {
  length: 50_000,
  tokens: 1_500,
  depth: 15,
  fields: 2_000,
  rootFields: 20,
  aliases: 30,
  listSize: 100,
  entries: 20_000,
};

/** How many entries a paginated field is taken to have where the client names no size. */
export const usualPage = 50;
