import { expect, test } from 'vitest';
import { uploadLimit } from '../wire/upload.ts';
import { choosePictures } from './pictures.ts';

const file = (name: string, type: string, size = 1) => new File([new Uint8Array(size)], name, { type });

test('pictures are taken, and what is none says why', () => {
  const good = file('a.png', 'image/png');
  expect(choosePictures([good])).toEqual({ pictures: [good], refused: null });
  expect(choosePictures([file('a.svg', 'image/svg+xml'), good])).toEqual({ pictures: [good], refused: 'type' });
  expect(choosePictures([file('a.jpg', 'image/jpeg', uploadLimit + 1)])).toEqual({ pictures: [], refused: 'size' });
});
