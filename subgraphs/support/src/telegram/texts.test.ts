import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { agentTexts, asMessages, codeText, threadAtEnd, threadNamed, visitorCaption, visitorTexts } from './texts.ts';

const id = randomUUID();

test('texts are those that agents know', () => {
  expect(visitorTexts('Ayşe', 'Merhaba', id)).toEqual([`💬 Ayşe\n\nMerhaba\n\n#thread:${id}`]);
  expect(visitorCaption('Ayşe', null, id)).toEqual({ caption: `💬 Ayşe\n\n#thread:${id}`, texts: [] });
  expect(visitorCaption('Ayşe', 'Bu', id)).toEqual({ caption: `💬 Ayşe\n\nBu\n\n#thread:${id}`, texts: [] });
  expect(codeText('123456')).toBe('🔐 Admin OTP Kodu: 123456\n\n⏰ 5 dakika geçerli');
});

test('a text that Telegram would not take comes in pieces that name the thread, and no character is lost', () => {
  const name = '🌉'.repeat(80);
  const text = '👩‍👩‍👧x'.repeat(800);
  const pieces = visitorTexts(name, text, id);
  expect(pieces.length).toBe(2);
  for (const piece of pieces) {
    expect(piece.length).toBeLessThanOrEqual(4_096);
    expect(piece.isWellFormed()).toBe(true);
    expect(threadNamed(piece)).toBe(id);
  }
  const inside = pieces.map((piece) => piece.slice(`💬 ${name}\n\n`.length, -`\n\n#thread:${id}`.length));
  expect(inside.join('')).toBe(text);
  expect(agentTexts('y'.repeat(4_000))).toHaveLength(1);
});

test('a caption that is too long is a text behind its file', () => {
  const { caption, texts } = visitorCaption('Ayşe', 'z'.repeat(1_000), id);
  expect(caption).toBe(`💬 Ayşe\n\n#thread:${id}`);
  expect(texts).toEqual(visitorTexts('Ayşe', 'z'.repeat(1_000), id));
});

test('a tag names a thread wherever it stands, and is not part of what is said', () => {
  expect(threadNamed(`Tamam #thread:${id.toUpperCase()} bakıyorum`)).toBe(id);
  for (const text of ['', 'thread', '#thread:', '#thread:12', `#thread ${id}`])
    expect(threadNamed(text)).toBeUndefined();
  expect(asMessages(`#thread:${id}\nTamam`)).toEqual(['Tamam']);
  expect(asMessages(`#thread:${id}`)).toEqual([]);
  expect(asMessages('ö'.repeat(4_090)).map((text) => text.length)).toEqual([4_000, 90]);
});

test('of what the agents answer, the tag at the end names the thread, whatever its visitor wrote', () => {
  const tag = `#thread:${randomUUID()}`;
  for (const text of [...visitorTexts('Ayşe', tag, id), visitorCaption(tag, tag, id).caption, `x\n#thread:${id}\n`])
    expect(threadAtEnd(text)).toBe(id);
  for (const text of ['', `${tag} Merhaba`]) expect(threadAtEnd(text)).toBeUndefined();
});
