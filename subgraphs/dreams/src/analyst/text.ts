/** What no database keeps as it is: NUL. Halves of characters may still meet their other half. */
export const clean = (text: string): string => text.replaceAll('\0', '');

/** The beginning of a text, no longer than `most` UTF-16 units: whole sentences where it has any, else whole words. */
export function cutAtSentence(text: string, most: number): string {
  const head = text.slice(0, most - 1).toWellFormed();
  const sentence = Math.max(...['. ', '! ', '? ', '.\n', '!\n', '?\n'].map((end) => head.lastIndexOf(end))) + 1;
  const word = head.search(/\s\S*$/);
  const end = sentence > most / 2 ? sentence : word > most / 2 ? word : head.length;
  return `${head.slice(0, end).trimEnd()}…`;
}
