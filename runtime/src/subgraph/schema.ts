import 'reflect-metadata';
import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { DateTimeScalar } from './date-time.ts';
import type { Class, SubgraphDefinition, SubgraphParts } from './definition.ts';
import { describeRoots } from './roots.ts';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@inaccessible", "@external", "@requires"])`;

/** The subgraph's schema in Federation 2's language, from its decorators alone. */
export function subgraphSdl(definition: SubgraphDefinition): string {
  const schema = codeFirstSchema(definition, () => undefined);
  describeRoots(schema);
  return `${federation}\n\n${printSubgraphSchema(schema)}`;
}

/** The executable schema, with `_entities` and `_service`. */
export function subgraphSchema(definition: SubgraphDefinition, parts: SubgraphParts): GraphQLSchema {
  const instances = new Map<unknown, object>(parts.resolvers.map((resolver) => [resolver.constructor, resolver]));
  for (const resolver of definition.resolvers)
    if (!instances.has(resolver)) throw new Error(`Subgraph ${definition.name} builds no ${resolver.name}.`);
  const resolvers = createResolversMap(codeFirstSchema(definition, (type) => instances.get(type))) as Record<
    string,
    Record<string, unknown>
  >;
  for (const [type, resolve] of Object.entries(parts.references))
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  // biome-ignore lint/suspicious/noExplicitAny: both libraries describe the same map, in types that do not meet.
  return buildSubgraphSchema([{ typeDefs: parse(subgraphSdl(definition)), resolvers: resolvers as any }]);
}

function codeFirstSchema(
  definition: SubgraphDefinition,
  instanceOf: (type: Class) => object | undefined,
): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [...definition.resolvers] as NonEmptyArray<Class>,
    orphanedTypes: [...(definition.orphanedTypes ?? [])],
    container: { get: instanceOf },
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    // Resolvers bring their own source by `subscribe`; Type-GraphQL asks for a bus all the same.
    pubSub: { publish: refuse, subscribe: refuse },
    validate: false,
  });
}

function refuse(): never {
  throw new Error('Events are published through a transaction, never through a bus of their own.');
}
