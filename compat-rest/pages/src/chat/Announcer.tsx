import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../text/language.ts';
import type { MessageRow } from '../wire/rows.ts';
import type { Conversation, SeenMarks } from './conversation.ts';
import { wordsOf } from './words.ts';

interface AnnouncerProps<Thread extends SeenMarks> {
  readonly conversation: Conversation<Thread>;
  readonly whoOf: (row: MessageRow) => string;
}

/** Reads new messages of the other side to those who do not see them; older ones that are loaded are not news. */
export function Announcer<Thread extends SeenMarks>({ conversation, whoOf }: AnnouncerProps<Thread>) {
  const [said, say] = useState('');
  const known = useRef<string | null>(null);
  const last = conversation.log.messages.value.findLast(({ sender }) => sender !== conversation.me);
  const loaded = conversation.log.before.value !== undefined;
  // Once for each message, whatever its writer is called later.
  useEffect(() => {
    if (!loaded) return;
    if (known.current !== null && last && last.id > known.current) say(texts.message.said(whoOf(last), wordsOf(last)));
    known.current = last?.id ?? '';
  }, [last?.id, loaded]);
  return (
    <p class="hidden" role="status" aria-live="polite">
      {said}
    </p>
  );
}
