import type { RestClient } from './rest.ts';
import { Messages } from './shapes.ts';

const pageSize = 100;

/** The ids of a channel's messages, oldest first, read page by page over Chat v1; with `after`, of those past that one. */
export async function history(rest: RestClient, channelId: string, after?: string): Promise<string[]> {
  const read = async (query: string): Promise<string[]> => {
    const { messages } = await rest.get(`/channels/${channelId}/messages?limit=${pageSize}${query}`, Messages);
    return messages.map(({ id }) => id).reverse();
  };
  let page = await read(after === undefined ? '' : `&after=${after}`);
  let ids = page;
  while (page.length === pageSize) {
    page = await read(after === undefined ? `&before=${ids[0]}` : `&after=${ids.at(-1)}`);
    ids = after === undefined ? [...page, ...ids] : [...ids, ...page];
  }
  return ids;
}
