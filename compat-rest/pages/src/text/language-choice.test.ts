import { expect, test } from 'vitest';
import { chooseLanguage } from './language-choice.ts';

test.each([
  [['tr-TR', 'en'], 'tr'],
  [['de', 'tr'], 'tr'],
  [['en-GB'], 'en'],
  [['de', 'fr'], 'en'],
  [[], 'en'],
])('%j is %s', (wanted, language) => {
  expect(chooseLanguage(wanted)).toBe(language);
});
