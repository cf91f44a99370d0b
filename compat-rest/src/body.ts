import type { Readable } from 'node:stream';
import { Refused } from './failure.ts';

/** How much of a body that is too large is still taken in, so that its sender gets to read the answer. */
const mostDiscarded = 32 * 1024 * 1024;

/** The text of a request's body. @throws Refused for more than `limit` bytes, for what is not UTF-8, and for one that breaks off */
export async function readText(body: Readable, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > mostDiscarded) break;
    }
    if (size <= limit) return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw new Refused({ kind: 'body', problem: 'malformed', detail: (error as Error).message }, { cause: error });
  }
  throw new Refused({ kind: 'body', problem: 'too large' });
}
