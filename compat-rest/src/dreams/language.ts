import type { IncomingHttpHeaders } from 'node:http';

type Language = 'en' | 'tr';

/** The texts that the document has in Turkish. What it has in English alone stays English. */
const turkish: Readonly<Record<string, string>> = {
  'This field is required.': 'Bu alan gereklidir.',
  'This field may not be blank.': 'Bu alan boş olamaz.',
  'This field may not be null.': 'Bu alan boş olamaz.',
  'Enter a valid email address.': 'Geçerli bir email adresi girin.',
  'Not found.': 'Sayfa bulunamadı.',
  'No Dream matches the given query.': 'Sayfa bulunamadı.',
};

/** The language that a caller likes best, of the two there are; English where they name neither. */
export function languageOf({ 'accept-language': accepted = '' }: IncomingHttpHeaders): Language {
  const liked = accepted
    .split(',')
    .map((range) => {
      const [tag = '', quality] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/);
      return { language: tag.split('-', 1)[0], weight: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, weight }) => (language === 'en' || language === 'tr') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return liked[0]?.language === 'tr' ? 'tr' : 'en';
}

/** A text in a language, as far as there is one. */
export const translated = (text: string, language: Language): string =>
  language === 'tr' ? (turkish[text] ?? text) : text;
