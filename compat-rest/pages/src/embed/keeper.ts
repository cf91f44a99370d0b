/** What this page keeps for the chat, where the browser keeps nothing for a frame of another site. */
const prefix = 'kopru.support.';

/** Everything that was kept; nothing where the browser refuses us, too. */
export function kept(): [key: string, text: string][] {
  try {
    return Object.entries(localStorage)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), String(text)]);
  } catch {
    return [];
  }
}

/** Keeps a text; null forgets it. */
export function keep(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, text);
  } catch {
    // The chat goes on without, until it is closed.
  }
}
