import { effect } from '@preact/signals';
import { language } from '../text/language.ts';

/** Keeps the tab's title, with what is unread, and says which language the page speaks. */
export function keepTitle(title: string, unread: () => number = () => 0): void {
  document.documentElement.lang = language;
  effect(() => {
    const count = unread();
    document.title = count > 0 ? `(${count}) ${title}` : title;
  });
}
