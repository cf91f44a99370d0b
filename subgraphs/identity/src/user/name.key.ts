/**
 * What two names or addresses are compared by: letters of either case are one, and so are the four of Turkish
 * (I, ı, İ, i), whichever language's rules the writer's keyboard follows.
 */
export function nameKey(name: string): string {
  // Down, up and down: ẞ meets ß only below, and ß meets ss only above.
  const oneCase = name.normalize('NFKC').trim().toLowerCase().toUpperCase().toLowerCase();
  // İ in lower case is an i with a dot above it.
  return oneCase.replaceAll('i\u0307', 'i').normalize('NFC');
}
