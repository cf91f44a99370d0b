import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { AnalystFailure } from '../analyst.ts';

/** What is read of a chunk; one that tells of usage has no choices, and a server may tell of it or not. */
const chunk = z.object({
  error: z.unknown().optional(),
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
});

/** The longest single line of a stream, in UTF-16 units. */
const longestLine = 256 * 1024;

const broken = (how: string, cause?: unknown): AnalystFailure =>
  new AnalystFailure('ANALYST_ANSWER', `The analyst's answer ${how}.`, { cause });

/**
 * The pieces of an answer, as an OpenAI-compatible endpoint streams it; an empty one is a sign of life.
 * @throws AnalystFailure where it is cut off, not understood, refused in its course, or tells of an error
 */
export async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const lines: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => void lines.push(data), maxBufferSize: longestLine });
  let finished = false;
  for await (const text of textOf(body)) {
    try {
      parser.feed(text);
    } catch (error) {
      throw broken('is no stream of events', error);
    }
    for (const line of lines.splice(0)) {
      if (line.trim() === '[DONE]') return;
      const { piece, reason } = choiceOf(line);
      finished ||= reason !== null;
      yield piece;
    }
  }
  if (!finished) throw broken('was cut off');
}

async function* textOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  try {
    for await (const bytes of body) yield decoder.decode(bytes, { stream: true });
  } catch (error) {
    throw broken('was cut off', error);
  }
  // A last event needs no empty line after it.
  yield `${decoder.decode()}\n\n`;
}

function choiceOf(line: string): { readonly piece: string; readonly reason: string | null } {
  const { error, choices } = parsed(line);
  if (error != null) throw broken('turned into an error');
  const [{ delta, finish_reason: reason } = {}] = choices ?? [];
  if (reason === 'content_filter')
    throw new AnalystFailure('ANALYST_REFUSED', 'The analyst does not speak of this.', { mayPass: false });
  // Its own limit is reached: there is no end of the answer to wait for.
  if (reason === 'length') throw broken('was cut off');
  return { piece: delta?.content ?? '', reason: reason ?? null };
}

function parsed(line: string): z.infer<typeof chunk> {
  try {
    return chunk.parse(JSON.parse(line));
  } catch (error) {
    // Of its content, which is about somebody's dream, nothing goes into the log.
    throw broken(`has a chunk that cannot be understood (${(error as Error).name})`);
  }
}
