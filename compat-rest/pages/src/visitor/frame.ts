import { effect } from '@preact/signals';
import { shown } from '../chat/in-view.ts';
import type { FrameMessage } from './frame-message.ts';

/** Whether a page of somebody else's holds us. */
export const framed = window.parent !== window;

/** Nothing of this is secret, and who may hold us at all is said by our policy. */
const tell = (message: FrameMessage): void => window.parent.postMessage(message, '*');

export const askToClose = (): void => tell({ kopru: 'close' });

/** Tells the page around us how much is unread, and hears from it whether we are shown. */
export function joinFrame(unread: () => number): void {
  if (!framed) return;
  shown.value = false;
  window.addEventListener('message', ({ source, data }: MessageEvent<FrameMessage | undefined>) => {
    if (source !== window.parent || data?.kopru !== 'shown') return;
    shown.value = data.shown;
    if (shown.value) document.querySelector<HTMLElement>('.composer textarea, .welcome input')?.focus();
  });
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) askToClose();
  });
  effect(() => tell({ kopru: 'unread', count: unread() }));
  tell({ kopru: 'ready' });
}
