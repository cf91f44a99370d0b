import type { Delivery } from '@kopru/router/graph/graph.ts';
import type { ViewerEventsSubscription } from '@kopru/schema/operations/chat-v1.ts';
import { operationFailure } from '../failure.ts';
import { oncePerDelivery } from '../socket/frames.ts';
import { type Dispatch, dispatchOf, type Person } from './dispatches.ts';

/** What there is to say of a delivery: a frame, but for its number; nothing; or that it cannot be said. */
export type Telling =
  | { readonly kind: 'frame'; readonly text: (self: Person) => string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly reason: string };

const nothing: Telling = { kind: 'nothing' };

/** What to tell of a delivery; made once for all sockets. */
export const tell = oncePerDelivery(({ result }: Delivery): Telling => {
  const [error] = result.errors ?? [];
  if (error) {
    const { code, message } = operationFailure(error);
    // What the event is about has gone since, or may not be read any more; an event of its own says so.
    return code === 'NOT_FOUND' || code === 'FORBIDDEN' ? nothing : { kind: 'failed', reason: message };
  }
  const data = result.data as ViewerEventsSubscription | null | undefined;
  if (!data) return { kind: 'failed', reason: 'The event came without data.' };
  const dispatch = dispatchOf(data.viewerEvents);
  return dispatch ? { kind: 'frame', text: frameText(dispatch) } : nothing;
});

function frameText({ op, d }: Dispatch): (self: Person) => string {
  if (typeof d === 'function') return (self) => unnumbered(op, d(self));
  const text = unnumbered(op, d);
  return () => text;
}

/** The JSON of a frame up to where its number goes. */
export const unnumbered = (op: number, d: object): string => `{"op":${op},"d":${JSON.stringify(d)}`;
/** The frame with its number among those of one session. */
export const numbered = (text: string, s: number): string => `${text},"s":${s}}`;
