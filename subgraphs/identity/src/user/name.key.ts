/**
 * What two names or addresses are compared by: letters of either case are one, and so are the four of Turkish
 * (I, ı, İ, i), whichever language's rules the writer's keyboard follows.
 */
export function nameKey(name: string): string {
  // Down, up and down: ẞ meets ß only below, and ß meets ss only above.
  const oneCase = name.normalize('NFKC').trim().toLowerCase().toUpperCase().toLowerCase();
  // İ in lower case is an i with a dot above it.
  return asRead(oneCase.replaceAll('i\u0307', 'i').normalize('NFC'));
}

/** Letters that read as another of ASCII, in either case, each before the one it reads as. */
const lookAlikes = new Map(
  (
    'аa вb сc ԁd еe һh нh іi јj кk ӏl мm оo рp ԛq ѕs тt уy ѵv ԝw хx ' +
    'αa βb εe γy ηn ιi κk μm νv οo ρp τt υu χx ζz ' +
    'ɑa ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɡg ɢg ʜh ɩi ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz'
  )
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** A name all of whose letters read as ASCII is what it reads as: Cyrillic сосо and Latin coco would look like one person. */
function asRead(key: string): string {
  const read = [...key].map((letter) => lookAlikes.get(letter) ?? letter).join('');
  return /^[\0-\x7f]*$/.test(read) ? read : key;
}
