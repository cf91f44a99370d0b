import { effect } from '@preact/signals';
import { shown } from '../chat/in-view.ts';
import { isDenied, keepElsewhere } from '../chat/storage.ts';
import type { FrameMessage } from './frame-message.ts';

/** Whether a page of somebody else's holds us. */
export const framed = window.parent !== window;

/** How long the page around us may take to say what it kept, in milliseconds. */
const recalledWithin = 2_000;

/** Who may hold us at all is said by our policy, so whoever does may hear this. */
const tell = (message: FrameMessage): void => window.parent.postMessage(message, '*');

export const askToClose = (): void => tell({ kopru: 'close' });

function hear(take: (message: FrameMessage) => void): void {
  window.addEventListener('message', ({ source, data }: MessageEvent<FrameMessage | undefined>) => {
    if (source === window.parent && data?.kopru) take(data);
  });
}

/** Where the browser keeps nothing for a frame, the page around us does. Resolves once we have what it kept. */
export async function recall(): Promise<void> {
  if (!framed || !isDenied()) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  hear((message) => {
    if (message.kopru !== 'recalled') return;
    keepElsewhere(
      (key, text) => tell({ kopru: 'keep', key, text }),
      message.kept.map(([key, text]) => [key, text]),
    );
    resolve();
  });
  tell({ kopru: 'recall' });
  setTimeout(resolve, recalledWithin);
  await promise;
}

/** Tells the page around us how much is unread, and hears from it whether we are shown. */
export function joinFrame(unread: () => number): void {
  if (!framed) return;
  shown.value = false;
  hear((message) => {
    if (message.kopru !== 'shown') return;
    shown.value = message.shown;
    if (shown.value) document.querySelector<HTMLElement>('.composer textarea, .welcome input')?.focus();
  });
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) askToClose();
  });
  effect(() => tell({ kopru: 'unread', count: unread() }));
  tell({ kopru: 'ready' });
}
