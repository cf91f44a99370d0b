import { edges, type Place, realized, unfinished } from './turkish.suffixes.ts';

/** A beginning that a word may have: of a lexicon's word, or what it becomes before a vowel. */
interface Stem<Of> {
  readonly of: Of;
  readonly text: string;
  readonly place: Place;
  readonly front: boolean;
  /** Only before a vowel: `kitab`, `burn`. */
  readonly beforeVowel: boolean;
}

export interface Found<Of> {
  readonly of: Of;
  /** Whether it is said not to be: `korkmadım`. */
  readonly negated: boolean;
}

/** Words that look like an inflected one of the lexicon and hardly ever are. */
const others = new Set(
  `kara karı karım karın karısı karını koca hala yüzünden yüzüne ayakta ayda ayın aylar aylarca aydır ayrı atla
   düşünce eşit elde evli başka kanal onun gülüm balım dilerim dilim kurtar camın tepem`.split(/\s+/),
);

/** Letters as they are compared: small, and without the marks that many leave out. */
export const folded = (word: string): string =>
  word.toLocaleLowerCase('tr').replace(/[âîû]/g, (letter) => ({ â: 'a', î: 'i', û: 'u' })[letter] ?? letter);

/** Finds the words of a lexicon in whatever form Turkish gives them. */
export class TurkishWords<Of> {
  readonly #stems = new Map<string, Stem<Of>[]>();

  /** `words` as a table of symbols has them; of verbs, the infinitive. */
  constructor(words: Iterable<readonly [word: string, of: Of, mayBeVerb: boolean]>) {
    for (const [word, of, mayBeVerb] of words)
      for (const stem of stemsOf(word, of, mayBeVerb && /m[ae]k~?$/.test(word))) {
        const key = stem.text.slice(0, 2);
        this.#stems.set(key, [...(this.#stems.get(key) ?? []), stem]);
      }
    // The longest first: a bear (ayı) is no moon (ay).
    for (const stems of this.#stems.values()) stems.sort((a, b) => b.text.length - a.text.length);
  }

  find(word: string): Found<Of> | null {
    const text = folded(word);
    if (others.has(text)) return null;
    for (const stem of this.#stems.get(text.slice(0, 2)) ?? []) {
      if (!text.startsWith(stem.text)) continue;
      const rest = text.slice(stem.text.length);
      if (stem.beforeVowel && !/^[aeıioöuü]/.test(rest)) continue;
      const places = goesOn(stem.place, stem.text, rest, stem.front);
      if (places) return { of: stem.of, negated: places.includes('not') };
    }
    return null;
  }
}

/** The places that `rest` leads through, if it is a way for the word to go on. */
function goesOn(place: Place, before: string, rest: string, front: boolean): readonly Place[] | null {
  if (rest === '') return unfinished.has(place) ? null : [place];
  for (const [suffix, next] of edges[place]) {
    const text = realized(suffix, before, front);
    if (!text || !rest.startsWith(text)) continue;
    const places = goesOn(next, before + text, rest.slice(text.length), false);
    if (places) return [place, ...places];
  }
  return null;
}

const soft: Readonly<Record<string, string>> = { p: 'b', ç: 'c', t: 'd', k: 'ğ' };

function* stemsOf<Of>(word: string, of: Of, verb: boolean): Generator<Stem<Of>> {
  const [, text = '', changed] = /^([^~'/]+)[~']*(?:\/(.+))?$/.exec(word) ?? [];
  const front = word.includes("'");
  const root = verb ? text.slice(0, -3) : text;
  const isShort = (root.match(/[aeıioöuü]/g) ?? []).length < 2;
  const stem = {
    of,
    text: root,
    place: verb ? 'verb' : isShort ? 'shortNoun' : 'noun',
    front,
    beforeVowel: false,
  } as const;
  yield stem;
  const last = root.at(-1) ?? '';
  const softened = soft[last];
  if (softened && (word.includes('~') || (!verb && !isShort)))
    yield { ...stem, text: root.slice(0, -1) + softened, beforeVowel: true };
  if (changed) yield { ...stem, text: changed, beforeVowel: true };
  // Its last vowel goes before -yor: ağla-, ağlıyor.
  if (verb && /[aeıioöuü]/.test(last)) yield { ...stem, text: root.slice(0, -1), beforeVowel: true };
}
