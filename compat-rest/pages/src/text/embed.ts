import type { Language } from './language-choice.ts';

interface EmbedTexts {
  readonly frame: string;
  readonly open: string;
  readonly close: string;
  readonly unread: (count: number) => string;
}

/** What is said on somebody else's page; apart from the rest, which would make the script large. */
export const texts: Readonly<Record<Language, EmbedTexts>> = {
  en: {
    frame: 'Support chat',
    open: 'Open the support chat',
    close: 'Close the support chat',
    unread: (count) => (count === 1 ? '1 new message' : `${count} new messages`),
  },
  tr: {
    frame: 'Destek sohbeti',
    open: 'Destek sohbetini aç',
    close: 'Destek sohbetini kapat',
    unread: (count) => `${count} yeni mesaj`,
  },
};
