/** How a word of the lexicon is written in a text: as it is, in the plural, and where it is a verb with its endings. */
function* formsOf(word: string, verb: boolean): Generator<string> {
  yield word;
  const sibilant = /(s|x|z|ch|sh)$/.test(word);
  if (/[^aeiou]y$/.test(word)) yield `${word.slice(0, -1)}ies`;
  else yield word + (sibilant ? 'es' : 's');
  if (!verb) return;
  const stem = word.replace(/e$/, '');
  // "Hug" doubles its last letter before an ending, "scream" and "weep" do not.
  const doubled = /[^aeiou][aeiou][bdgmnprt]$/.test(word) ? word + word.at(-1) : null;
  for (const ending of ['ed', 'ing']) {
    yield stem + ending;
    if (doubled) yield doubled + ending;
  }
  if (/[^aeiou]y$/.test(word)) yield `${word.slice(0, -1)}ied`;
}

/** Finds the words of a lexicon in the forms that English gives them. */
export class EnglishWords<Of> {
  readonly #forms = new Map<string, Of>();

  /** Of a verb, the forms that no rule makes are among its words. */
  constructor(words: Iterable<readonly [word: string, of: Of, verb: boolean]>) {
    for (const [word, of, verb] of words)
      for (const form of formsOf(word, verb)) if (!this.#forms.has(form)) this.#forms.set(form, of);
  }

  find(word: string): Of | null {
    const text = word.toLowerCase().replace(/['’]s$/, '');
    return this.#forms.get(text) ?? null;
  }
}

/** What says no to the word after it, or a few words on. */
export const isNegation = (word: string): boolean => /^(not|never|no|without|\p{L}+n['’]t)$/iu.test(word);
