import { expect, test } from 'vitest';
import { waveBytes } from './wave.ts';

test('samples become a WAV file that ends where its header says', () => {
  const bytes = waveBytes(Float32Array.of(0, 1, -1, 2), 16_000);
  const view = new DataView(bytes);
  const letters = new TextDecoder('latin1').decode(bytes);
  expect(letters.slice(0, 4) + letters.slice(8, 16)).toBe('RIFFWAVEfmt ');
  expect([view.getUint32(4, true) + 8, view.getUint32(40, true) + 44]).toEqual([bytes.byteLength, bytes.byteLength]);
  expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint32(28, true)]).toEqual([1, 16_000, 32_000]);
  expect([0, 1, 2, 3].map((index) => view.getInt16(44 + index * 2, true))).toEqual([0, 32_767, -32_767, 32_767]);
});
