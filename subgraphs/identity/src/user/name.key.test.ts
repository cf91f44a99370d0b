import { describe, expect, it } from 'vitest';
import { nameKey } from './name.key.ts';

describe('the key of a name', () => {
  it.each([
    ['ANN', 'ann'],
    ['IŞIK İŞIĞI', 'ışık işiği'],
    ['İ', 'I'],
    ['ı', 'i'],
    ['I\u0307', 'i'],
    ['Straße', 'STRASSE'],
    ['ΣΟΦΟΣ', 'σοφος'],
    ['Å', 'A\u030a'],
    ['ﬁg', 'FIG'],
    [' ann@Example.ORG\t', 'ann@example.org'],
    ['СОСО', 'coco'],
    ['аре', 'ape'],
    ['ΝΙΚΟ', 'viko'],
    ['ᴀdmin', 'admin'],
    ['ɑɡɑ', 'aga'],
  ])('is the same for %j and %j', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it.each([
    ['o', 'ö'],
    ['s', 'ş'],
    ['g', 'ğ'],
    ['ann', 'anne'],
    ['a.b', 'ab'],
    ['оса', 'осы'],
    ['Иван', 'Ivan'],
  ])('is another for %j than for %j', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  it('is its own key, and fits its column', () => {
    for (let point = 0; point <= 0x10ffff; point++) {
      const letter = String.fromCodePoint(point);
      if (!/^\p{L}$/u.test(letter)) continue;
      const stored = letter.normalize('NFKC');
      const key = nameKey(stored);
      if (nameKey(key) !== key || [...key].length > 4 * [...stored].length)
        expect.fail(`U+${point.toString(16)} has the key ${key}.`);
    }
  });
});
