import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** A moment, as ISO 8601 in UTC with milliseconds. Always text on the way out, so it is the same in one process and over HTTP. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in UTC, as ISO 8601 with milliseconds: `2026-02-16T12:00:00.000Z`.',
  serialize(value) {
    if (typeof value !== 'string' && !(value instanceof Date)) throw new GraphQLError('Not a moment in time.');
    return moment(value).toISOString();
  },
  parseValue(value) {
    if (typeof value !== 'string') throw new GraphQLError('A DateTime is a string in ISO 8601.');
    return moment(value);
  },
  parseLiteral(node) {
    if (node.kind !== Kind.STRING) throw new GraphQLError('A DateTime is a string in ISO 8601.');
    return moment(node.value);
  },
});

function moment(value: string | Date): Date {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw new GraphQLError('Not a moment in ISO 8601.');
  return date;
}
