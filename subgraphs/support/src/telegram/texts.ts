import { supportTextLength } from '@kopru/schema/limits.ts';

/** The most that Telegram takes, in UTF-16 code units. */
const mostInMessage = 4_096;
const mostInCaption = 1_024;

const tagOf = (threadId: string): string => `#thread:${threadId}`;
const tags = /#thread:([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/i;
const lastTag = new RegExp(`${tags.source}\\s*$`, 'i');

/** What the agents read of a visitor: one text, or several where Telegram would not take it as one. */
export function visitorTexts(name: string, text: string, threadId: string): string[] {
  const [before, after] = [`💬 ${name}\n\n`, `\n\n${tagOf(threadId)}`];
  return pieces(text, mostInMessage - before.length - after.length, (piece) => piece.length).map(
    (piece) => before + piece + after,
  );
}

/** What stands under a visitor's file; where its text is too long for that, the text comes as messages of its own. */
export function visitorCaption(name: string, text: string | null, threadId: string) {
  const caption = [`💬 ${name}`, ...(text === null ? [] : [text]), tagOf(threadId)].join('\n\n');
  if (text === null || caption.length <= mostInCaption) return { caption, texts: [] };
  return { caption: `💬 ${name}\n\n${tagOf(threadId)}`, texts: visitorTexts(name, text, threadId) };
}

/** What a visitor in Telegram reads of an agent. */
export const agentTexts = (text: string): string[] => pieces(text, mostInMessage, (piece) => piece.length);
export const agentCaption = (text: string | null) =>
  text === null || text.length <= mostInCaption
    ? { caption: text ?? undefined, texts: [] }
    : { caption: undefined, texts: agentTexts(text) };

export const codeText = (code: string): string => `🔐 Admin OTP Kodu: ${code}\n\n⏰ 5 dakika geçerli`;

/** What stands in a thread for a file of Telegram's that is not taken. */
export const missingFile = '📎 Bu dosya alınamadı.';

/** How somebody is called of whom only the chat is known. */
export const chatName = (chatId: string): string => `Telegram-${chatId}`;

/** The thread that a text names by its tag. */
export const threadNamed = (text: string): string | undefined => tags.exec(text)?.[1]?.toLowerCase();

/** The thread that a text of ours names at its end: what stands before that are words of a visitor, who may write a tag, too. */
export const threadAtEnd = (text: string): string | undefined => lastTag.exec(text)?.[1]?.toLowerCase();

/** A text as messages of a thread: without its tag, each as long as one may be. */
export const asMessages = (text: string): string[] =>
  pieces(text.replace(tags, '').trim(), supportTextLength, (piece) => [...piece].length);

/** A text cut where it is too long, between characters; a text of nothing is no piece. */
function pieces(text: string, most: number, measure: (text: string) => number): string[] {
  if (text.trim() === '') return [];
  if (measure(text) <= most) return [text];
  const found: string[] = [''];
  for (const character of text) {
    const last = found.length - 1;
    if (measure(found[last] ?? '') + measure(character) <= most) found[last] += character;
    else found.push(character);
  }
  return found;
}
