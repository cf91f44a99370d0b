import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.ts';
import { Quota } from '../quota.ts';

/** Lets each viewer run so many mutations a minute. What services do by themselves, and what takes no viewer, is not counted. */
export function boundWrites(schema: GraphQLSchema, mostPerMinute: number): void {
  const quota = new Quota({ most: mostPerMinute, within: 60_000 });
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context: Context, info) => {
      const viewer = context.viewerOrNull;
      if (viewer) quota.take(viewer.userId);
      return resolve(source, args, context, info);
    };
  }
}
