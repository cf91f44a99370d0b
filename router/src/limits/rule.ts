import { protocolError } from '@kopru/runtime/errors.ts';
import type { ValidationRule } from 'graphql';
import type { Limits } from './limits.ts';
import { measure, type Shape } from './shape.ts';

const measures = [
  ['depth', 'is nested', 'levels deep'],
  ['fields', 'selects', 'fields'],
  ['rootFields', 'selects', 'fields at its root'],
  ['aliases', 'has', 'aliases'],
] as const satisfies readonly (readonly [keyof Shape, string, string])[];

/** Refuses operations that are too deep or too wide, however small the document that spells them. */
export const shapeRule =
  (limits: Limits): ValidationRule =>
  (context) => {
    const report = (message: string): void => context.reportError(protocolError('GRAPHQL_VALIDATION_FAILED', message));
    const refuse = (found: string, most: number): void => report(`${found}; at most ${most} are allowed.`);
    return {
      Document(document) {
        const shapeOf = measure(document);
        for (const definition of document.definitions) {
          if (definition.kind !== 'OperationDefinition') continue;
          const shape = shapeOf(definition);
          const name = definition.name ? `Operation "${definition.name.value}"` : 'The operation';
          for (const [of, verb, unit] of measures)
            if (shape[of] > limits[of]) refuse(`${name} ${verb} ${shape[of]} ${unit}`, limits[of]);
        }
      },
      Field({ alias }) {
        // Plans read an object's type under such a name, and must not find there what somebody wrote into a field.
        if (alias?.value.startsWith('__')) report(`The alias ${alias.value} begins with two underscores.`);
      },
      ListValue({ values }) {
        if (values.length > limits.listSize) refuse(`A list has ${values.length} entries`, limits.listSize);
      },
    };
  };
