import type { Language } from './lexicon/symbol.ts';
import { folded } from './turkish.ts';

const common: Readonly<Record<Language, ReadonlySet<string>>> = {
  tr: new Set(
    `bir ve bu da de ne için çok gibi ama sonra ben beni bana benim o onu ona vardı var yok gördüm rüya rüyamda rüyada dün gece
     ile her şey kadar daha mi mı mu mü ki olarak içinde üzerinde birden sanki yine artık hiç biri diye oldu olan`.split(
      /\s+/,
    ),
  ),
  en: new Set(
    `the a an and i my me was were in of to it that with on at he she they we you had then but from is there dream dreamt
     dreamed into out up his her our this as not so when what saw like felt`.split(/\s+/),
  ),
};

/** The words of a text, as they are written. */
export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}]+(?:['’][\p{L}]+)*/gu) ?? [];

/** Which of the two languages a text is in; Turkish where nothing tells. */
export function languageOf(text: string): Language {
  const points = { tr: (text.match(/[ğışçöüİĞŞÇÖÜ]/g) ?? []).length, en: 0 };
  for (const word of wordsOf(text)) {
    if (common.tr.has(folded(word))) points.tr += 2;
    if (common.en.has(word.toLowerCase())) points.en += 2;
  }
  return points.en > points.tr ? 'en' : 'tr';
}
