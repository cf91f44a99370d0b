import type { MessageRow, Sender } from '../wire/rows.ts';
import { momentOf } from '../wire/time.ts';
import type { Draft } from './draft.ts';

/** A line of a conversation, stored or on its way. */
export type Entry =
  | { readonly kind: 'day'; readonly key: string; readonly moment: Date }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly row: MessageRow;
      readonly moment: Date;
      readonly last: boolean;
    }
  | { readonly kind: 'draft'; readonly key: string; readonly draft: Draft };

/** Messages of one sender within this time belong together, in milliseconds. */
const together = 5 * 60_000;

/** Messages with their days between them, then what is on its way. `last` is the last of those that belong together. */
export function entriesOf(messages: readonly MessageRow[], drafts: readonly Draft[], me: Sender): readonly Entry[] {
  const entries: Entry[] = [];
  let day = '';
  for (const [index, row] of messages.entries()) {
    const moment = momentOf(row.created_at);
    if (day !== moment.toDateString()) {
      day = moment.toDateString();
      entries.push({ kind: 'day', key: `day ${day}`, moment });
    }
    const next = messages[index + 1];
    const last = next
      ? next.sender !== row.sender ||
        next.author?.id !== row.author?.id ||
        momentOf(next.created_at).getTime() - moment.getTime() > together ||
        momentOf(next.created_at).toDateString() !== day
      : row.sender !== me || drafts.length === 0;
    entries.push({ kind: 'message', key: row.nonce ?? row.id, row, moment, last });
  }
  return [...entries, ...drafts.map((draft): Entry => ({ kind: 'draft', key: draft.nonce, draft }))];
}
