import { EnglishWords, isNegation } from './english.ts';
import { wordsOf } from './language.ts';
import { lexicon } from './lexicon/lexicon.ts';
import type { DreamSymbol, Language, Theme } from './lexicon/symbol.ts';
import { TurkishWords } from './turkish.ts';

/** An image that a text names. */
export interface Finding {
  readonly symbol: DreamSymbol;
  /** How the text names it first. */
  readonly word: string;
  /** The place of that word among those of the text. */
  readonly at: number;
  /** How often it does. */
  readonly times: number;
}

interface Hit {
  readonly symbol: DreamSymbol;
  readonly negated: boolean;
}

/** How much of a dream an image tells, beside how often it comes: a wolf more than a road. */
const weights: Readonly<Record<Theme, number>> = {
  animals: 3,
  deeds: 3,
  nature: 2.5,
  body: 2,
  things: 2,
  ways: 1.5,
  people: 1.5,
  places: 1,
  feelings: 0,
};

const isVerbal = ({ theme }: DreamSymbol): boolean => theme === 'deeds' || theme === 'feelings';

/** Words of two parts ("geç kalmak") are known by the second, where the first goes before it. */
const parts = (word: string): readonly [first: string | null, last: string] => {
  const [first = '', last] = word.split(' ');
  return last === undefined ? [null, first] : [first, last];
};

interface Entry {
  readonly symbol: DreamSymbol;
  readonly after: string | null;
}

const entries = (language: Language) =>
  lexicon.flatMap((symbol) =>
    symbol.words[language].map((word) => {
      const [after, last] = parts(word);
      return { entry: { symbol, after }, last };
    }),
  );

const all = (language: Language) =>
  entries(language).map(({ entry, last }) => [last, entry, isVerbal(entry.symbol)] as const);
const turkish = new TurkishWords<Entry>(all('tr'));
const english = new EnglishWords<Entry>(all('en'));

const finders: Readonly<Record<Language, (words: readonly string[], at: number) => Hit | null>> = {
  tr(words, at) {
    const found = turkish.find(words[at] ?? '');
    return found && hit(found.of, found.negated, words[at - 1]);
  },
  en(words, at) {
    const entry = english.find(words[at] ?? '');
    return entry && hit(entry, words.slice(Math.max(0, at - 3), at).some(isNegation), words[at - 1]);
  },
};

const hit = ({ symbol, after }: Entry, negated: boolean, before: string | undefined): Hit | null =>
  after === null || before?.toLocaleLowerCase('tr') === after ? { symbol, negated } : null;

/** What a text names, what tells most first. A feeling that is said not to be there is not. */
export function findingsIn(text: string, language: Language): Finding[] {
  const words = wordsOf(text);
  const found = new Map<DreamSymbol, Finding>();
  words.forEach((word, at) => {
    const named = finders[language](words, at);
    if (!named || (named.negated && named.symbol.theme === 'feelings')) return;
    const { symbol } = named;
    const known = found.get(symbol);
    found.set(symbol, known ? { ...known, times: known.times + 1 } : { symbol, word, at, times: 1 });
  });
  const weight = ({ symbol, times }: Finding): number => weights[symbol.theme] + 0.6 * (times - 1);
  // What weighs the same stays in the order of the text.
  return [...found.values()].sort((a, b) => weight(b) - weight(a));
}
