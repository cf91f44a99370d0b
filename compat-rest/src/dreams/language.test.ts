import { expect, test } from 'vitest';
import { languageOf, translated } from './language.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de, fr', 'en'],
  ['tr', 'tr'],
  ['TR-tr', 'tr'],
  ['tr-TR,tr;q=0.9,en-US;q=0.8,en;q=0.7', 'tr'],
  ['en-US,en;q=0.9,tr;q=0.8', 'en'],
  ['en;q=0.5, tr;q=0.8', 'tr'],
  ['de, tr;q=0.1', 'tr'],
  ['tr;q=0', 'en'],
  ['tr;q=x, en;q=0.1', 'en'],
  ['trk', 'en'],
])('Accept-Language: %s is answered in %s', (accepted, language) => {
  expect(languageOf(accepted === undefined ? {} : { 'accept-language': accepted })).toBe(language);
});

test('what the document has in English alone stays English', () => {
  expect(translated('This field is required.', 'tr')).toBe('Bu alan gereklidir.');
  expect(translated('This field is required.', 'en')).toBe('This field is required.');
  expect(translated('Your credit is insufficient', 'tr')).toBe('Your credit is insufficient');
});
