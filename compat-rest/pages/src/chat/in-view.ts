import { effect, signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';

/** Whether a page around ours shows us; always where there is none. */
export const shown = signal(true);
const visible = signal(document.visibilityState === 'visible');
document.addEventListener('visibilitychange', () => {
  visible.value = document.visibilityState === 'visible';
});

/** Whether somebody can see the page. */
export const inView = (): boolean => visible.value && shown.value;

export function useInView(): boolean {
  const [now, setNow] = useState(inView);
  useEffect(() => effect(() => setNow(inView())), []);
  return now;
}
