import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  type ValueNode,
} from 'graphql';
import { usualPage } from './limits.ts';

/** A field of an operation with as many entries as an argument says, and those of its kind below it. */
export interface ListField {
  /** As the response has it: `viewer.servers`. */
  readonly path: string;
  /** The arguments that say how many: `first`, `last`, `limit`, and lists of keys. */
  readonly sizes: readonly { readonly argument: string; readonly value: ValueNode }[];
  /** How many entries it has where none of them is given. */
  readonly usual: number;
  readonly inner: readonly ListField[];
}

const pageSizes: ReadonlySet<string> = new Set(['first', 'last', 'limit']);

/** The lists an operation asks for. It must have passed `shapeRule`, for fragments are written out here. */
export function listFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly ListField[] {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

  function within({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined, outer: string): ListField[] {
    return selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return field(selection, fieldOf(type, selection), outer);
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) return [];
      const { typeCondition, selectionSet } = fragment;
      return within(selectionSet, typeCondition ? typeFromAST(schema, typeCondition) : type, outer);
    });
  }

  function field(node: FieldNode, definition: GraphQLField<unknown, unknown> | undefined, outer: string): ListField[] {
    const path = outer + (node.alias ?? node.name).value;
    const type = definition && getNamedType(definition.type);
    const inner = node.selectionSet ? within(node.selectionSet, type, `${path}.`) : [];
    const sizing = definition?.args.filter(
      ({ name, type }) => pageSizes.has(name) || isListType(getNullableType(type)),
    );
    if (!sizing || sizing.length === 0) return inner;
    const names = new Set(sizing.map(({ name }) => name));
    const sizes = (node.arguments ?? []).flatMap(({ name, value }) =>
      names.has(name.value) ? [{ argument: name.value, value }] : [],
    );
    return [{ path, sizes, usual: sizing.some(({ name }) => pageSizes.has(name)) ? usualPage : 0, inner }];
  }

  return within(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, '');
}

function fieldOf(type: GraphQLNamedType | undefined, node: FieldNode): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
}
