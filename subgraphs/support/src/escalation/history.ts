import { supportTextLength } from '@kopru/schema/limits.ts';

/** Something that was said elsewhere. */
export interface Said {
  /** Who said it, as they are called; null for whoever hands it over. */
  readonly by: string | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly text: string;
}

/** What a viewer hands over: as much as they may read themselves, and no more. */
export interface History {
  /** What it is, in a line: `#general, Galata`, or a title. */
  readonly title: string;
  /** Oldest first. */
  readonly said: readonly Said[];
  /** Which of it is the matter: an index of `said`. */
  readonly matter: number;
}

/** What was said as texts that a support message can hold; who said it and when is in the text, for whoever reads no more. */
export function textsOf({ by, at, text }: Said): string[] {
  const moment = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return inParts(`${by === null ? moment : `${by}, ${moment}`}\n${text}`);
}

/** A text in parts of at most `supportTextLength` characters, none of them only white space. */
function inParts(text: string): string[] {
  const characters = [...text];
  const parts: string[] = [];
  for (let start = 0; start < characters.length; start += supportTextLength)
    parts.push(characters.slice(start, start + supportTextLength).join(''));
  return parts.filter((part) => /\S/.test(part));
}
