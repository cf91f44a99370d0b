import { validationFailed } from '@kopru/runtime/errors.ts';

/** Whether a text has more than `most` characters: code points, as people count them, not UTF-16 units. */
const isLonger = (text: string, most: number): boolean =>
  text.length > most && (text.length > 2 * most || [...text].length > most);

/** Half a surrogate pair is no character, and databases disagree on NUL. */
const unstorable = /[\0\p{Surrogate}]/u;
/** Anything but spaces, marks of direction and fillers. */
const visible = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What is wrong with a text that must say something, if anything is. */
export function faultOf(text: string, most: number): string | null {
  if (unstorable.test(text)) return 'Not text that can be stored.';
  if (!visible.test(text)) return 'Write something.';
  return isLonger(text, most) ? `At most ${most} characters.` : null;
}

/** Refuses an input for all that is wrong with it. @throws VALIDATION_FAILED */
export function refuseFaults(faults: Readonly<Record<string, string | null>>): void {
  const broken = Object.entries(faults).flatMap(([field, fault]) =>
    fault === null ? [] : [[field, [fault]] as const],
  );
  if (broken.length > 0) throw validationFailed(Object.fromEntries(broken));
}
