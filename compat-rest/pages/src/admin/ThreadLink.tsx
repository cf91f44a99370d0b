import { Icon } from '../icons/Icon.tsx';
import { briefly } from '../text/dates.ts';
import { texts } from '../text/language.ts';
import type { AgentThread } from '../wire/rows.ts';
import { momentOf } from '../wire/time.ts';
import { Avatar } from './Avatar.tsx';
import { now } from './clock.ts';
import type { Desk } from './desk.ts';
import { previewOf } from './threads.ts';

/** A thread in the list. */
export function ThreadLink({ desk, thread }: { desk: Desk; thread: AgentThread }) {
  const { id, display_name, last_message_time, created_at, last_message_sender, unread, status, origin, assignee } =
    thread;
  const preview = previewOf(thread);
  const current = desk.selected.value === id;
  return (
    <li>
      <a href={`#${id}`} class={`thread ${unread > 0 ? 'unread' : ''}`} aria-current={current ? 'true' : undefined}>
        <Avatar name={display_name} online={desk.threads.isOnline(id)} />
        <span class="name">
          {display_name}
          {origin === 'telegram' && <Icon name="telegram" size={14} />}
          {origin === 'telegram' && <span class="hidden">{texts.message.viaTelegram}</span>}
        </span>
        <time class="when">{briefly(momentOf(last_message_time ?? created_at), new Date(now.value))}</time>
        <span class="preview">
          {last_message_sender === 'admin' && `${texts.message.team}: `}
          {preview ?? texts.admin.noMessages}
        </span>
        <span class="badges">
          {assignee && (
            <span class="assignee" title={texts.admin.assigned(assignee.display_name)}>
              <Icon name="person" size={14} />
              <span class="hidden">{texts.admin.assigned(assignee.display_name)}</span>
            </span>
          )}
          {status !== 'open' && <span class={`status ${status}`}>{texts.admin.statuses[status]}</span>}
          {unread > 0 && (
            <span class="count">
              <span aria-hidden="true">{unread}</span>
              <span class="hidden">{texts.admin.unread(unread)}</span>
            </span>
          )}
        </span>
      </a>
    </li>
  );
}
