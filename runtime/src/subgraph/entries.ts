import {
  defaultFieldResolver,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import { protocolError } from '../errors.ts';

/** How many objects the lists of one request may have together. */
const mostEntries = 20_000;

const tooMany = (most: number): GraphQLError =>
  protocolError(
    'GRAPHQL_VALIDATION_FAILED',
    `The lists of the answer have more than ${most} entries; ask for less at a time.`,
  );

/**
 * Counts the entries of all lists of a request, and refuses those past the bound. Lists within lists multiply, and no limit
 * on a document sees it: of a server's channels, the channels of their server, a few times over, is more than a process can hold.
 */
export function boundEntries(schema: GraphQLSchema, most = mostEntries): void {
  const counts = new WeakMap<object, number>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isListOfObjects(field.type)) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: object, info) => {
        const counted = (list: unknown): unknown => {
          if (!Array.isArray(list)) return list;
          const before = counts.get(context) ?? 0;
          counts.set(context, before + list.length);
          if (before + list.length <= most) return list;
          // Said once: an error for each of the lists that are left costs more than the lists.
          if (before > most) return [];
          throw tooMany(most);
        };
        const list: unknown = resolve(source, args, context, info);
        return list instanceof Promise ? list.then(counted) : counted(list);
      };
    }
  }
}

const isListOfObjects = (type: GraphQLOutputType): boolean =>
  isListType(getNullableType(type)) && isCompositeType(getNamedType(type));
