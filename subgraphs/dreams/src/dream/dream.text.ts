import {
  defaultDreamTitles,
  dreamDescriptionLength,
  dreamTitleLength,
  excerptLength,
  nonceLength,
} from '@kopru/schema/limits.ts';
import { languageOf } from '../analyst/built-in/language.ts';
import { faultOf } from '../input/text.ts';

/** A title without the spaces around it, on one line. */
export const titleFrom = (title: string): string => title.trim().replace(/\s+/g, ' ');

/** What a dream is called that was given no title, but perhaps some words. */
export const titleFor = (told: string): string => defaultDreamTitles[languageOf(told)];

/** A description without the spaces around it; empty is the same as none. */
export const descriptionFrom = (description: string | null | undefined): string | null => description?.trim() || null;

/** What is wrong with what was given for a dream's own fields; null for each that is good, or not there. */
export const dreamFaults = (given: {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly nonce?: string | null;
}) => ({
  title: given.title == null ? null : faultOf(given.title.trim(), dreamTitleLength),
  description:
    descriptionFrom(given.description) === null ? null : faultOf(given.description ?? '', dreamDescriptionLength),
  nonce: given.nonce == null ? null : faultOf(given.nonce, nonceLength),
});

/** What a dream is about, from its first message: the whole words until 45 characters, and `...` where more follows. */
export function excerptOf(message: string): string {
  const words = message.trim().split(/\s+/);
  const text = words.join(' ');
  if (characters(text) <= excerptLength) return text;
  let excerpt = '';
  for (const word of words) {
    const longer = excerpt === '' ? word : `${excerpt} ${word}`;
    if (characters(longer) > excerptLength) break;
    excerpt = longer;
  }
  // A first word that is longer by itself is cut.
  return `${excerpt || [...text].slice(0, excerptLength).join('')}...`;
}

const characters = (text: string): number => [...text].length;
