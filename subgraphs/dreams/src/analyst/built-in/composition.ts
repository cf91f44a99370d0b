import type { Talk } from '../analyst.ts';
import { type Finding, findingsIn } from './findings.ts';
import { languageOf } from './language.ts';
import type { Language } from './lexicon/symbol.ts';
import { phrases } from './phrases.ts';

/** How many images, and how many feelings, one answer speaks of. */
const most = { images: 4, feelings: 2 } as const;

/** What the built-in analyst answers: paragraphs, in the language of the dream. */
export async function compose({ said, earlier }: Talk): Promise<string[]> {
  const told = said.filter(({ role }) => role === 'USER').map(({ message }) => message);
  const latest = told.at(-1) ?? '';
  const before = told.slice(0, -1).join('\n');
  // A short "and then?" may be in no language; what was told before it is.
  const language = languageOf(`${before}\n${latest}`);
  const known = new Set(findingsIn(before, language).map(({ symbol }) => symbol));
  const named = findingsIn(latest, language);
  const fresh = named.filter(({ symbol }) => !known.has(symbol));
  // Who adds nothing new asks about what was said.
  const findings = fresh.length > 0 ? fresh : named;
  const returning = recurring(findings, await earlier());
  return [...body(findings, language, { first: before === '', seed: latest, returning })];
}

interface Circumstances {
  /** Whether it is the first answer about this dream. */
  readonly first: boolean;
  readonly seed: string;
  readonly returning: Returning | null;
}

function* body(
  findings: readonly Finding[],
  language: Language,
  { first, seed, returning }: Circumstances,
): Generator<string> {
  const say = phrases[language];
  const quoted = ({ word }: Finding): string => quote(word, language);
  const images = chosen(findings);
  const felt = findings.filter(({ symbol }) => symbol.theme === 'feelings').slice(0, most.feelings);
  const used = [...images, ...felt];
  const leading = images.length > 0 ? images : felt;
  const named = listed(leading.map(quoted), say.and);

  if (used.length === 0) yield first ? say.nothing : say.nothingNew;
  else if (!first) yield pick(say.followUp, seed)(named);
  else yield leading.length === 1 ? say.openingOne(named) : pick(say.opening, seed)(named);
  for (const [index, image] of images.entries()) {
    const step = images.length === 1 ? say.only : (say.steps[index] ?? say.only);
    yield `${step(quoted(image))} ${image.symbol.meaning[language]}`;
  }
  const thing = images.find(({ symbol }) => symbol.theme !== 'deeds');
  const deed = images.find(({ symbol, at }) => symbol.theme === 'deeds' && thing && at > thing.at);
  if (deed && thing && images.length > 2) yield say.pairs(quoted(thing), quoted(deed));
  if (felt.length > 0)
    yield [say.feeling(listed(felt.map(quoted), say.and)), ...felt.map(({ symbol }) => symbol.meaning[language])].join(
      ' ',
    );
  if (returning) yield say.again(quoted(returning.finding), returning.times);
  const [main] = findings;
  yield main ? `${say.ending} ${say.questions[main.symbol.theme]}` : say.plainQuestion;
  const words = returning ? [...used, returning.finding] : used;
  yield say.signature([...new Set(words)].map(quoted).join(', '));
}

/** The images that tell most, of a theme no more than two while there are others, in the order of the text. */
function chosen(findings: readonly Finding[]): Finding[] {
  const images = findings.filter(({ symbol }) => symbol.theme !== 'feelings');
  const varied = images.filter(
    ({ symbol }, index) => images.slice(0, index).filter((other) => other.symbol.theme === symbol.theme).length < 2,
  );
  const rest = images.filter((image) => !varied.includes(image));
  return [...varied, ...rest].slice(0, most.images).sort((a, b) => a.at - b.at);
}

interface Returning {
  readonly finding: Finding;
  readonly times: number;
}

/** The image that came most often in the dreams before this one. */
function recurring(findings: readonly Finding[], earlier: readonly string[]): Returning | null {
  const counts = new Map<Finding, number>();
  for (const dream of earlier) {
    const there = new Set(findingsIn(dream, languageOf(dream)).map(({ symbol }) => symbol));
    for (const finding of findings) if (there.has(finding.symbol)) counts.set(finding, (counts.get(finding) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most ? { finding: most[0], times: most[1] } : null;
}

const quote = (word: string, language: Language): string => `“${word.toLocaleLowerCase(language)}”`;

function listed(words: readonly string[], and: string): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${and} ${last}`;
}

/** One of several, by the text: the same dream is not answered differently when it is asked again. */
function pick<T>(of: readonly T[], seed: string): T {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return of[sum % of.length] as T;
}
