export type Language = 'tr' | 'en';

/** The first of the reader's languages that we speak; English where we speak none. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'tr' || language === 'en') return language;
  }
  return 'en';
}
