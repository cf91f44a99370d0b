import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const thread = '7f9c24e8-3b12-4fef-91e0-56a2d5a3c9b1';

/** What the tabs of one browser share. */
class SharedStorage implements Storage {
  readonly #texts = new Map<string, string>();

  get length(): number {
    return this.#texts.size;
  }

  key(at: number): string | null {
    return [...this.#texts.keys()][at] ?? null;
  }

  getItem(key: string): string | null {
    return this.#texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    this.#texts.set(key, text);
  }

  removeItem(key: string): void {
    this.#texts.delete(key);
  }

  clear(): void {
    this.#texts.clear();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', new SharedStorage());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A tab has modules, and so a memory, of its own. Its server is away. */
async function openTab(threadId = thread) {
  vi.resetModules();
  const { Outbox } = await import('./outbox.ts');
  const { Failure } = await import('../wire/failure.ts');
  const { keptDrafts } = await import('./kept-drafts.ts');
  const away = () => Promise.reject(new Failure('away'));
  const keep = keptDrafts('visitor', threadId);
  const outbox = new Outbox({ send: away, upload: away, sent: () => undefined, keep });
  return { outbox, keep, texts: () => outbox.drafts.value.map(({ text }) => text) };
}

test('two tabs keep the words of both', async () => {
  const one = await openTab();
  const other = await openTab();
  one.outbox.addText('of the one');
  other.outbox.addText('of the other');
  await vi.advanceTimersByTimeAsync(0);
  expect((await openTab()).texts().toSorted()).toEqual(['of the one', 'of the other']);
});

test('a tab that discards its words leaves those of another', async () => {
  const one = await openTab();
  const other = await openTab();
  one.outbox.addText('stays');
  other.outbox.addText('goes');
  other.outbox.discard(other.outbox.drafts.value[0]?.nonce ?? '');
  expect((await openTab()).texts()).toEqual(['stays']);
});

test('the words of another thread are not read', async () => {
  const { outbox } = await openTab();
  outbox.addText('here');
  expect((await openTab(thread.replace('7', '8'))).keep.read()).toEqual([]);
  expect((await openTab()).keep.read()).toHaveLength(1);
});

test('where the browser keeps nothing, the page does', async () => {
  vi.stubGlobal('localStorage', undefined);
  const { outbox, keep } = await openTab();
  outbox.addText('until it is closed');
  expect(keep.read()).toHaveLength(1);
  outbox.discard(outbox.drafts.value[0]?.nonce ?? '');
  expect(keep.read()).toEqual([]);
});
