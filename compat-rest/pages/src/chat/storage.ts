/** What the browser keeps for us. Where it keeps nothing, the page has it until it is closed, and a page around ours may keep it. */
const memory = new Map<string, string>();
const prefix = 'kopru.support.';
let elsewhere: ((key: string, text: string | null) => void) | undefined;

export function stored(key: string): string | null {
  return memory.get(key) ?? attempt(() => localStorage.getItem(prefix + key)) ?? null;
}

/** The texts of every key that begins so, in no order. */
export function storedUnder(start: string): readonly string[] {
  const keys = attempt(() => Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '')) ?? [];
  const ours = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const found = new Set([...memory.keys(), ...ours].filter((key) => key.startsWith(start)));
  return [...found].flatMap((key) => stored(key) ?? []);
}

/** Keeps a text; null forgets it. */
export function store(key: string, text: string | null): void {
  if (text === null) memory.delete(key);
  else memory.set(key, text);
  attempt(() => (text === null ? localStorage.removeItem(prefix + key) : localStorage.setItem(prefix + key, text)));
  elsewhere?.(key, text);
}

/** Whether the browser keeps nothing for us: many refuse frames of other sites. */
export const isDenied = (): boolean => attempt(() => localStorage) === undefined;

/** Goes on with what is kept elsewhere, and keeps there what changes. */
export function keepElsewhere(
  keep: (key: string, text: string | null) => void,
  kept: Iterable<[string, string]>,
): void {
  for (const [key, text] of kept) memory.set(key, text);
  elsewhere = keep;
}

/** Undefined where the browser refuses, or its storage is full: the memory has it. */
function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
