import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { extensionOf, typeNamed, typesIn } from './content-types.ts';
import { isFileName } from './storage.ts';

test('a name is a folder and a UUID, and nothing else is one', () => {
  const id = newId();
  expect(isFileName(`images/${id}`)).toBe(true);
  expect(isFileName(`audio/${id}`)).toBe(true);
  const others = ['', id, `../${id}`, `images/../${id}`, `images/${id}/..`, `images/${id}.png`, `images/..`, 'images/'];
  for (const text of [...others, `toString/${id}`, `__proto__/${id}`, `images\\${id}`, `images/${id}\0`])
    expect(isFileName(text), text).toBe(false);
});

test('each folder has types of its own, and each type an ending', () => {
  expect(typesIn('images').map(extensionOf)).toEqual(['png', 'jpg', 'gif', 'webp']);
  expect(typesIn('audio').map(extensionOf)).toEqual(['webm', 'ogg', 'wav', 'mp3']);
  for (const type of ['image/svg+xml', 'text/html', 'toString', '']) expect(typeNamed(type), type).toBeNull();
  expect(typeNamed('Audio/OGG; codecs=opus')).toBe('audio/ogg');
  expect(typeNamed('video/webm')).toBe('audio/webm');
});
