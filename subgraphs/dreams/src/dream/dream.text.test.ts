import { describe, expect, test } from 'vitest';
import { excerptOf, titleFor, titleFrom } from './dream.text.ts';

describe('what a dream without a description is about', () => {
  test.each([
    ['Kısa bir rüya.', 'Kısa bir rüya.'],
    ['  Satırlar\n\n  ve   boşluklar ', 'Satırlar ve boşluklar'],
    // 45 characters exactly.
    [`${'a'.repeat(20)} ${'b'.repeat(24)}`, `${'a'.repeat(20)} ${'b'.repeat(24)}`],
    [`${'a'.repeat(20)} ${'b'.repeat(24)} c`, `${'a'.repeat(20)} ${'b'.repeat(24)}...`],
    [`${'a'.repeat(20)} ${'b'.repeat(25)}`, `${'a'.repeat(20)}...`],
    [
      'Dün gece çok garip bir rüya gördüm, uçuyordum ve sonra düştüm.',
      'Dün gece çok garip bir rüya gördüm, uçuyordum...',
    ],
    ['x'.repeat(46), `${'x'.repeat(45)}...`],
    ['🐍'.repeat(45), '🐍'.repeat(45)],
    ['🐍'.repeat(46), `${'🐍'.repeat(45)}...`],
  ])('%j is %j', (message, excerpt) => {
    expect(excerptOf(message)).toBe(excerpt);
  });
});

test('a title is one line, and there always is one', () => {
  expect(titleFrom('  The\n sea ')).toBe('The sea');
  expect(titleFor('')).toBe('Yeni rüya');
  expect(titleFor('Denizde yüzüyordum.')).toBe('Yeni rüya');
  expect(titleFor('I was swimming in the sea.')).toBe('New dream');
});
