import { useRef } from 'preact/hooks';
import { Dialog } from '../chat/Dialog.tsx';
import { Icon } from '../icons/Icon.tsx';
import { briefly } from '../text/dates.ts';
import { texts } from '../text/language.ts';
import type { AgentThread, Status } from '../wire/rows.ts';
import { momentOf } from '../wire/time.ts';
import { Avatar } from './Avatar.tsx';
import { now } from './clock.ts';
import type { Desk } from './desk.ts';
import './thread-header.css';

const statuses: readonly Status[] = ['open', 'pending', 'resolved'];

/** Who is asking, and what can be done with the thread. */
export function ThreadHeader({ desk, thread }: { desk: Desk; thread: AgentThread }) {
  const { id, display_name, status, assignee, account, last_activity_at } = thread;
  const clearing = useRef<HTMLDialogElement>(null);
  const online = desk.threads.isOnline(id);
  const mine = assignee !== null && assignee.id === desk.me.value?.id;
  const notesOpen = desk.notes.threadId.value === id;
  return (
    <header class="thread-header">
      <button type="button" class="round plain back" aria-label={texts.admin.back} onClick={() => desk.select(null)}>
        <Icon name="back" size={22} />
      </button>
      <Avatar name={display_name} online={online} />
      <div class="who">
        <h2 tabIndex={-1}>{display_name}</h2>
        <p>
          {online ? texts.admin.online : texts.admin.lastSeen(briefly(momentOf(last_activity_at), new Date(now.value)))}
          {account && ` · ${texts.admin.account(account.username)}`}
          {assignee && ` · ${mine ? texts.admin.assignedMe : texts.admin.assigned(assignee.display_name)}`}
        </p>
      </div>
      <div class="tools">
        <label class={`status-choice ${status}`}>
          <span class="hidden">{texts.admin.status}</span>
          <select
            value={status}
            onChange={({ currentTarget }) => {
              const wanted = statuses.find((one) => one === currentTarget.value);
              if (wanted) void desk.setStatus(id, wanted);
            }}
          >
            {statuses.map((one) => (
              <option key={one} value={one}>
                {texts.admin.statuses[one]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="quiet assign"
          aria-pressed={mine}
          onClick={() => void desk.assign(id, mine ? null : (desk.me.value?.id ?? null))}
        >
          <Icon name="person" size={18} />
          <span>{mine ? texts.admin.release : texts.admin.assignMe}</span>
        </button>
        <button
          type="button"
          class="round plain"
          aria-label={texts.admin.notes}
          title={texts.admin.notes}
          aria-expanded={notesOpen}
          onClick={() => (notesOpen ? desk.notes.close() : void desk.try(() => desk.notes.open(id)))}
        >
          <Icon name="note" />
        </button>
        <button
          type="button"
          class="round plain"
          aria-label={texts.admin.clear}
          title={texts.admin.clear}
          onClick={() => clearing.current?.showModal()}
        >
          <Icon name="trash" />
        </button>
      </div>
      <Dialog
        dialog={clearing}
        question={texts.admin.clearQuestion(display_name)}
        hint={texts.admin.clearHint}
        action={texts.admin.clear}
        onAction={() => void desk.clear(id)}
      />
    </header>
  );
}
