/** The moment that a naive time of the server names; it counts in UTC+3. */
export function momentOf(naive: string): Date {
  return new Date(`${naive.replace(' ', 'T')}+03:00`);
}
