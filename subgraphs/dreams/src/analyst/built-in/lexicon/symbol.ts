export type Language = 'tr' | 'en';

/** An image of dreams, how it is named, and what it may stand for. */
export interface DreamSymbol {
  /** Its first name in English. */
  readonly id: string;
  readonly theme: Theme;
  readonly words: Readonly<Record<Language, readonly string[]>>;
  /** A whole sentence or two. */
  readonly meaning: Readonly<Record<Language, string>>;
}

export type Theme = 'nature' | 'animals' | 'body' | 'places' | 'ways' | 'things' | 'people' | 'deeds' | 'feelings';

/**
 * Reads a table of symbols, one a line: words in Turkish, in English, meaning in Turkish, in English.
 * Of a Turkish word, `~` says that its last consonant softens although it has one syllable (`kurt~`, kurdu), `'` that it takes
 * front vowels (`saat'`, saati), and `/` what it becomes before a vowel (`burun/burn`, burnu). One in `-mak` or `-mek` is a verb.
 */
export function symbols(theme: Theme, table: string): readonly DreamSymbol[] {
  const lines = table.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [tr = '', en = '', ofTr = '', ofEn = ''] = line.split('|').map((cell) => cell.trim());
    const words = { tr: listed(tr), en: listed(en) };
    if (!words.en[0] || !words.tr[0] || !ofTr || !ofEn) throw new Error(`No symbol: ${line}`);
    return { id: words.en[0], theme, words, meaning: { tr: ofTr, en: ofEn } };
  });
}

const listed = (cell: string): string[] => cell.split(',').flatMap((word) => word.trim() || []);
