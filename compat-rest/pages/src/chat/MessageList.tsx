import { useEffect } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { dayOf } from '../text/dates.ts';
import { texts } from '../text/language.ts';
import type { MessageRow } from '../wire/rows.ts';
import { Bubble } from './Bubble.tsx';
import type { Conversation, SeenMarks } from './conversation.ts';
import { DraftBubble } from './DraftBubble.tsx';
import { entriesOf } from './entries.ts';
import { useInView } from './in-view.ts';
import { useFollowing } from './use-following.ts';
import './message-list.css';

interface MessageListProps<Thread extends SeenMarks> {
  readonly conversation: Conversation<Thread>;
  /** What the other side is called. */
  readonly other: string;
  readonly whoOf: (row: MessageRow) => string;
  /** Who else writes on our side; null for us. */
  readonly byOf?: (row: MessageRow) => string | null;
}

/** A conversation, from its oldest loaded message to what is on its way. */
export function MessageList<Thread extends SeenMarks>({ conversation, other, whoOf, byOf }: MessageListProps<Thread>) {
  const { log, outbox, me } = conversation;
  const entries = entriesOf(log.messages.value, outbox.drafts.value, me);
  const typing = conversation.typing.seen.value;
  const newest = entries.at(-1);
  const { list, atEnd, scrolled, settle, goToEnd } = useFollowing({
    oldest: log.messages.value[0]?.id,
    newest: newest?.key,
    typing,
    ours: newest?.kind === 'draft',
  });
  const inView = useInView();
  const { ready } = conversation;
  useEffect(() => {
    if (inView && atEnd && ready) void conversation.seeAll();
  }, [newest?.key, inView, atEnd, ready]);
  const seen = conversation.seenByOther ?? '';

  return (
    <div class="conversation">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has only a keyboard scrolls with it. */}
      <section class="scroll" ref={list} onScroll={scrolled} tabIndex={0} aria-label={texts.message.list}>
        {log.before.value && (
          <button
            type="button"
            class="quiet older"
            disabled={conversation.loading.value}
            onClick={() => void conversation.loadOlder()}
          >
            {texts.message.older}
          </button>
        )}
        <ol class="messages">
          {entries.map((entry) => {
            switch (entry.kind) {
              case 'day':
                return (
                  <li class="day" key={entry.key}>
                    <span>{dayOf(entry.moment)}</span>
                  </li>
                );
              case 'draft':
                return (
                  <DraftBubble
                    key={entry.key}
                    draft={entry.draft}
                    onRetry={() => outbox.retry(entry.draft.nonce)}
                    onDiscard={() => outbox.discard(entry.draft.nonce)}
                  />
                );
              default:
                return (
                  <Bubble
                    key={entry.key}
                    row={entry.row}
                    moment={entry.moment}
                    mine={entry.row.sender === me}
                    who={whoOf(entry.row)}
                    by={byOf?.(entry.row) ?? null}
                    last={entry.last}
                    seen={entry.row.id <= seen}
                    onLoad={settle}
                  />
                );
            }
          })}
        </ol>
        {typing && (
          <p class="typing">
            <span class="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {texts.message.typing(other)}
          </p>
        )}
      </section>
      {!atEnd && (
        <button type="button" class="to-end" onClick={goToEnd}>
          <Icon name="down" size={18} />
          {conversation.unread.value > 0 ? texts.message.unread(conversation.unread.value) : texts.message.newest}
        </button>
      )}
    </div>
  );
}
