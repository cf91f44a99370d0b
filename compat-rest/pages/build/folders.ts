import { fileURLToPath } from 'node:url';

/** Where the pages' sources are, and what they become. */
export const pages = fileURLToPath(new URL('..', import.meta.url));
export const dist = fileURLToPath(new URL('../dist', import.meta.url));
