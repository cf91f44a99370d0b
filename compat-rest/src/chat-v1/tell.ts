import type { ViewerEventsSubscription } from '@kopru/schema/operations/chat-v1.ts';
import { type Content, contentOf, oncePerDelivery } from '../socket/frames.ts';
import { type Dispatch, dispatchOf, type Person } from './dispatches.ts';

/** What there is to say of a delivery: a frame, but for its number; nothing; or that it cannot be said. */
export type Telling =
  | { readonly kind: 'frame'; readonly text: (self: Person) => string }
  | Exclude<Content<never>, { kind: 'data' }>;

/** What to tell of a delivery; made once for all sockets. */
export const tell = oncePerDelivery((delivery): Telling => {
  const content = contentOf<ViewerEventsSubscription>(delivery);
  if (content.kind !== 'data') return content;
  const dispatch = dispatchOf(content.data.viewerEvents);
  return dispatch ? { kind: 'frame', text: frameText(dispatch) } : { kind: 'nothing' };
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
