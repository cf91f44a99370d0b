import { useRef } from 'preact/hooks';
import { ConnectionBar } from '../chat/ConnectionBar.tsx';
import { Dialog } from '../chat/Dialog.tsx';
import { Icon } from '../icons/Icon.tsx';
import { texts } from '../text/language.ts';
import type { Desk } from './desk.ts';
import { NotesPanel } from './NotesPanel.tsx';
import { ThreadList } from './ThreadList.tsx';
import { ThreadView } from './ThreadView.tsx';
import './desk.css';

/** The desk: the threads, the open one, and its notes. */
export function DeskPage({ desk }: { desk: Desk }) {
  const conversation = desk.conversation.value;
  const clearing = useRef<HTMLDialogElement>(null);
  return (
    <div class={`desk ${conversation ? 'chosen' : ''} ${desk.notes.threadId.value ? 'with-notes' : ''}`}>
      <nav class="threads" aria-label={texts.admin.threads}>
        <header>
          <span class="mark">
            <Icon name="bridge" size={24} />
          </span>
          <h1>{texts.admin.title}</h1>
          <button
            type="button"
            class="round plain"
            aria-label={texts.admin.clearAll}
            title={texts.admin.clearAll}
            onClick={() => clearing.current?.showModal()}
          >
            <Icon name="trash" />
          </button>
          <a class="round plain" href="/logout" aria-label={texts.admin.logout} title={texts.admin.logout}>
            <Icon name="leave" />
          </a>
        </header>
        <ThreadList desk={desk} />
      </nav>
      <main>
        <ConnectionBar state={desk.connection.state.value} />
        {desk.failed.value && (
          <p class="toast" role="alert">
            {texts.admin.failed}
            <button
              type="button"
              class="round plain"
              aria-label={texts.close}
              onClick={() => {
                desk.failed.value = false;
              }}
            >
              <Icon name="close" size={18} />
            </button>
          </p>
        )}
        {conversation ? (
          <ThreadView key={conversation.threadId} desk={desk} conversation={conversation} />
        ) : (
          <div class="nothing">
            <Icon name="bridge" size={72} />
            <h2>{texts.admin.choose}</h2>
            <p>{texts.admin.chooseHint}</p>
          </div>
        )}
      </main>
      {desk.notes.threadId.value && <NotesPanel desk={desk} threadId={desk.notes.threadId.value} />}
      <Dialog
        dialog={clearing}
        question={texts.admin.clearAllQuestion}
        hint={texts.admin.clearAllHint}
        action={texts.admin.clearAll}
        onAction={() => void desk.clearAll()}
      />
    </div>
  );
}
