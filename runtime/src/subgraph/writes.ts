import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.ts';
import { type Quota, spend } from '../quota/quota.ts';

/** Lets each viewer run so many mutations a minute, over all subgraphs. What services do by themselves, and what takes no viewer, is not counted. */
export function boundWrites(schema: GraphQLSchema, quota: Quota, mostPerMinute: number): void {
  const allowance = { limit: mostPerMinute, windowSeconds: 60 };
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context: Context, info) => {
      const viewer = context.viewerOrNull;
      if (viewer) await spend(quota, `writes ${viewer.userId}`, allowance);
      return resolve(source, args, context, info);
    };
  }
}
