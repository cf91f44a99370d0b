/**
 * How Turkish words go on. In a suffix, `A` is a or e and `I` is ı, i, u or ü by the vowel before, `D` is d or t by the sound before;
 * a letter in brackets is there where the one before it is of the other kind: `(y)I` after a vowel, `(I)m` after a consonant.
 */
type Edge = readonly [suffix: string, next: Place];

/** Where a word is, having gone so far. */
export type Place =
  | 'noun'
  | 'shortNoun'
  | 'plural'
  | 'mine'
  | 'theirs'
  | 'case'
  | 'where'
  | 'copula'
  | 'verb'
  | 'not'
  | 'tense'
  | 'participle'
  | 'end';

const copula: readonly Edge[] = [
  ['(y)DI', 'copula'],
  ['(y)mIş', 'copula'],
  ['(y)sA', 'copula'],
];
const cases: readonly Edge[] = [
  ['(y)I', 'end'],
  ['(y)A', 'end'],
  ['(n)In', 'end'],
  ['DAn', 'case'],
  ['(y)lA', 'case'],
  ['DA', 'where'],
];
const owned: readonly Edge[] = [
  ['(I)m', 'mine'],
  ['(I)mIz', 'mine'],
  ['(s)I', 'theirs'],
  ['lArI', 'theirs'],
];
const afterNoun: readonly Edge[] = [['lAr', 'plural'], ...owned, ...cases];

/** What begins with the verb itself, or with the verb and `mA`. */
const tenses: readonly Edge[] = [
  ['DI', 'tense'],
  ['mIş', 'tense'],
  ['(y)AcAk', 'tense'],
  ['mAlI', 'tense'],
  ['sA', 'tense'],
  ['(y)ArAk', 'end'],
  ['(y)Ip', 'end'],
  ['(y)IncA', 'end'],
  ['DIkçA', 'end'],
  ['(y)An', 'participle'],
  ['DIk', 'participle'],
  ['DIğ', 'participle'],
  ['(y)AcAğ', 'participle'],
];

/** A word may end in any of these places but those that `unfinished` names. */
export const edges: Readonly<Record<Place, readonly Edge[]>> = {
  noun: [...afterNoun, ...copula],
  // "Attım" is no horse that I was: short nouns meet with verbs too often.
  shortNoun: afterNoun,
  plural: [['I', 'theirs'], ['Im', 'mine'], ['ImIz', 'mine'], ...cases, ...copula],
  mine: [...cases, ...copula],
  theirs: [
    ['nI', 'end'],
    ['nA', 'end'],
    ['nIn', 'end'],
    ['nDAn', 'case'],
    ['(y)lA', 'case'],
    ['nDA', 'where'],
    ...copula,
  ],
  case: copula,
  where: [['ki', 'noun'], ...copula],
  copula: [
    ['m', 'end'],
    ['k', 'end'],
    ['lAr', 'end'],
  ],
  verb: [
    ...tenses,
    ['Iyor', 'tense'],
    ['Ar', 'tense'],
    ['Ir', 'tense'],
    ['r', 'tense'],
    ['mA', 'not'],
    ['(y)AmA', 'not'],
    ['mIyor', 'not'],
    ['(y)AmIyor', 'not'],
    ['mAz', 'not'],
    ['(y)AmAz', 'not'],
    ['(y)Abil', 'verb'],
    ['mA', 'participle'],
    ['mAk', 'participle'],
    ['mAdAn', 'end'],
  ],
  not: [...tenses, ...copula, ['Im', 'end'], ['m', 'end'], ['Iz', 'end'], ['lAr', 'tense']],
  tense: [
    ...copula,
    ['Im', 'end'],
    ['m', 'end'],
    ['Iz', 'end'],
    ['k', 'end'],
    ['lAr', 'tense'],
    ['ken', 'end'],
    ['DIr', 'end'],
  ],
  participle: afterNoun,
  end: [],
};

/** A verb alone is an order, which dreams have few of, and more often another word. */
export const unfinished: ReadonlySet<Place> = new Set(['verb']);

const vowels = 'aeıioöuü';
const isVowel = (letter: string): boolean => letter !== '' && vowels.includes(letter);
const high: Readonly<Record<string, string>> = { a: 'ı', ı: 'ı', e: 'i', i: 'i', o: 'u', u: 'u', ö: 'ü', ü: 'ü' };

/** The suffix as it is after this; null where it cannot be. `front` is whether the word takes front vowels whatever its own are. */
export function realized(suffix: string, before: string, front: boolean): string | null {
  let text = before;
  let vowel = [...before].findLast(isVowel) ?? '';
  if (front) vowel = { a: 'e', ı: 'i', o: 'ö', u: 'ü' }[vowel] ?? vowel;
  for (const [, bracketed, plain] of suffix.matchAll(/\((.)\)|(.)/gu)) {
    const last = text.at(-1) ?? '';
    const sound = bracketed ?? plain ?? '';
    const letter =
      sound === 'A'
        ? 'aıou'.includes(vowel)
          ? 'a'
          : 'e'
        : sound === 'I'
          ? (high[vowel] ?? 'i')
          : sound === 'D'
            ? 'fstkçşhp'.includes(last)
              ? 't'
              : 'd'
            : sound;
    if (bracketed !== undefined && isVowel(letter) === isVowel(last)) continue;
    if (isVowel(letter) && isVowel(last)) return null;
    if (isVowel(letter)) vowel = letter;
    text += letter;
  }
  return text.slice(before.length);
}
