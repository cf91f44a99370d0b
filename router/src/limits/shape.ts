import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';

/** What an operation amounts to, with fragments counted wherever they are spread. */
export interface Shape {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
}

const nothing: Shape = { depth: 0, fields: 0, aliases: 0, rootFields: 0 };

/** Measures the operations of one document. Each fragment is measured once, so nested spreads cost nothing. */
export function measure(document: DocumentNode): (operation: OperationDefinitionNode) => Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  const measured = new Map<string, Shape>();

  function spread(name: string): Shape {
    const known = measured.get(name);
    if (known) return known;
    // Also what a fragment finds that spreads itself; the rule against cycles reports it.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const shape = fragment ? within(fragment.selectionSet) : nothing;
    measured.set(name, shape);
    return shape;
  }

  /** `rootFields` of the result are the fields directly in this selection set. */
  function within({ selections }: SelectionSetNode): Shape {
    let { depth, fields, aliases, rootFields } = nothing;
    for (const selection of selections) {
      const isField = selection.kind === 'Field';
      const inner =
        selection.kind === 'FragmentSpread'
          ? spread(selection.name.value)
          : selection.selectionSet
            ? within(selection.selectionSet)
            : nothing;
      const introspects = isField && selection.name.value.startsWith('__');
      depth = Math.max(depth, introspects ? 1 : inner.depth + (isField ? 1 : 0));
      fields += inner.fields + (isField ? 1 : 0);
      aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
      rootFields += isField ? 1 : inner.rootFields;
    }
    return { depth, fields, aliases, rootFields };
  }
  return (operation) => within(operation.selectionSet);
}
