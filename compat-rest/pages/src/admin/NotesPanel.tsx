import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { briefly, timeOf } from '../text/dates.ts';
import { texts } from '../text/language.ts';
import { momentOf } from '../wire/time.ts';
import type { Desk } from './desk.ts';
import './notes.css';

/** The private notes of the open thread. */
export function NotesPanel({ desk, threadId }: { desk: Desk; threadId: string }) {
  const { notes } = desk;
  const text = useSignal('');
  const failed = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const write = async () => {
    const words = text.value.trim();
    if (words === '') return;
    failed.value = !(await desk.try(() => notes.write(threadId, words)));
    if (!failed.value) text.value = '';
  };
  return (
    <aside class="notes" aria-labelledby="notes-title">
      <header>
        <div>
          <h2 id="notes-title">{texts.admin.notes}</h2>
          <p>{texts.admin.notesHint}</p>
        </div>
        <button type="button" class="round plain" aria-label={texts.close} onClick={() => notes.close()}>
          <Icon name="close" />
        </button>
      </header>
      {notes.rows.value.length === 0 ? (
        <p class="none">{texts.admin.noNotes}</p>
      ) : (
        <ul>
          {notes.rows.value.map(({ id, text, author, created_at }) => {
            const moment = momentOf(created_at);
            return (
              <li key={id}>
                <p class="words">{text}</p>
                <p class="meta">
                  {author && <span>{author.id === desk.me.value?.id ? texts.admin.you : author.display_name}</span>}
                  <time dateTime={moment.toISOString()}>
                    {briefly(moment)} {briefly(moment) !== timeOf(moment) && timeOf(moment)}
                  </time>
                </p>
              </li>
            );
          })}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void write();
        }}
      >
        <textarea
          ref={field}
          rows={3}
          maxLength={4_000}
          aria-label={texts.admin.note}
          placeholder={texts.admin.note}
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
        {failed.value && (
          <p class="problem" role="alert">
            {texts.admin.noteFailed}
          </p>
        )}
        <button type="submit" class="accent" disabled={text.value.trim() === ''}>
          {texts.admin.addNote}
        </button>
      </form>
    </aside>
  );
}
