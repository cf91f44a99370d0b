import { useEffect, useRef } from 'preact/hooks';
import { Announcer } from '../chat/Announcer.tsx';
import { Composer } from '../chat/Composer.tsx';
import type { Conversation } from '../chat/conversation.ts';
import { MessageList } from '../chat/MessageList.tsx';
import { texts } from '../text/language.ts';
import type { AgentThread, MessageRow } from '../wire/rows.ts';
import type { Desk } from './desk.ts';
import { ThreadHeader } from './ThreadHeader.tsx';

/** The open thread. */
export function ThreadView({ desk, conversation }: { desk: Desk; conversation: Conversation<AgentThread> }) {
  const thread = desk.thread.value;
  const name = thread?.display_name ?? '';
  const top = useRef<HTMLDivElement>(null);
  // Whoever chose it with the keyboard reads on here.
  useEffect(() => top.current?.querySelector<HTMLElement>('h2')?.focus(), []);
  const whoOf = ({ sender, author }: MessageRow): string => {
    if (sender === 'visitor') return name;
    if (!author) return texts.message.team;
    return author.id === desk.me.value?.id ? texts.admin.you : author.display_name;
  };
  const byOf = ({ sender, author }: MessageRow): string | null => {
    if (sender === 'visitor') return null;
    if (!author) return thread?.origin === 'telegram' ? null : texts.message.viaTelegram;
    return author.id === desk.me.value?.id ? null : author.display_name;
  };
  return (
    <div class="thread-view" ref={top}>
      {thread && <ThreadHeader desk={desk} thread={thread} />}
      <MessageList conversation={conversation} other={name} whoOf={whoOf} byOf={byOf} />
      <Announcer conversation={conversation} whoOf={whoOf} />
      <Composer conversation={conversation} />
    </div>
  );
}
