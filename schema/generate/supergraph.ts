import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLSchema, parse } from 'graphql';
import type { SubgraphSchema } from './subgraphs.ts';

/** Composes the subgraphs. Their addresses are placeholders: where a subgraph runs is for the router's settings. */
export function composeSupergraph(subgraphs: readonly SubgraphSchema[]): { sdl: string; apiSchema: GraphQLSchema } {
  const composed = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}.kopru.internal/graphql`, typeDefs: parse(sdl) })),
  );
  if (composed.errors)
    throw new AggregateError(composed.errors, composed.errors.map((error) => error.message).join('\n'));
  if (composed.hints.length > 0) throw new Error(composed.hints.map((hint) => hint.toString()).join('\n'));
  const apiSchema = Supergraph.build(composed.supergraphSdl).apiSchema().toGraphQLJSSchema();
  return { sdl: `${composed.supergraphSdl.trimEnd()}\n`, apiSchema };
}
