/** What the browser keeps for us. Where it keeps nothing (private frames, a full disk), the page has it until it is closed. */
const memory = new Map<string, string>();
const prefix = 'kopru.support.';

export function stored(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

/** Keeps a text; null forgets it. */
export function store(key: string, text: string | null): void {
  if (text === null) memory.delete(key);
  else memory.set(key, text);
  try {
    if (text === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, text);
  } catch {
    // The memory has it.
  }
}
