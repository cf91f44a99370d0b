import { effect } from '@preact/signals';
import { language } from '../text/language.ts';

/** Says which language the page speaks, wears the theme that its address asks for, and keeps the tab's title, with what is unread. */
export function dressPage(title: string, unread: () => number = () => 0): void {
  document.documentElement.lang = language;
  const theme = new URLSearchParams(location.search).get('theme');
  if (theme) document.documentElement.dataset.theme = theme;
  effect(() => {
    const count = unread();
    document.title = count > 0 ? `(${count}) ${title}` : title;
  });
}
