import { isUuid } from '@kopru/runtime/ids.ts';
import type { ChannelMessagesQueryVariables } from '@kopru/schema/operations/chat-v1.ts';
import { Refused } from '../failure.ts';
import type { Fields } from '../fields.ts';

type Paging = Omit<ChannelMessagesQueryVariables, 'channelId'>;

const usualLimit = 50;
/** Of the numbered pages that clients in the field ask for. */
const pageSize = 20;
const lastPage = 1_000_000;

/**
 * Which messages a query asks for: `limit` with one of `before`, `after` and `around`, or `page`, counted from 0 at the newest.
 * The graph's pages are oldest first, so the newest are its last.
 */
export function messagePaging(query: Fields): Paging {
  const limit = query.optionalInteger('limit', 1, 100);
  const page = query.optionalInteger('page', 0, lastPage);
  const [before, after, around] = ['before', 'after', 'around'].map((field) =>
    query.optionalMatch(field, 'the id of a message', isUuid),
  );
  const given = Object.entries({ before, after, around, page }).filter(([, value]) => value !== undefined);
  if (given.length > 1) refuseTogether(given.map(([field]) => field));

  if (page !== undefined) {
    const size = limit ?? pageSize;
    return { last: size, offset: page * size };
  }
  const size = limit ?? usualLimit;
  if (after !== undefined) return { first: size, after };
  if (before !== undefined) return { last: size, before };
  if (around !== undefined) return { last: size, around };
  return { last: size };
}

function refuseTogether([field = '', ...others]: readonly string[]): never {
  throw new Refused({
    kind: 'field',
    place: 'query',
    field,
    problem: 'value',
    takes: `no ${others.join(' or ')} beside it`,
  });
}
