import type { Context } from '@kopru/runtime/context.ts';

/** What a write gives, once what follows in the request will read anew. */
export async function written<T>(context: Context, write: Promise<T>): Promise<T> {
  const result = await write;
  context.forgetLoaded();
  return result;
}
