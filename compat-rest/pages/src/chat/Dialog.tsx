import type { RefObject } from 'preact';
import { texts } from '../text/language.ts';
import './dialog.css';

interface DialogProps {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly question: string;
  readonly hint: string;
  readonly action: string;
  readonly onAction: () => void;
}

/** Asks before something that cannot be undone. */
export function Dialog({ dialog, question, hint, action, onAction }: DialogProps) {
  return (
    <dialog ref={dialog} class="question" aria-label={question}>
      <form
        method="dialog"
        onSubmit={({ submitter }) => {
          if ((submitter as HTMLButtonElement | null)?.value === 'yes') onAction();
        }}
      >
        <h2>{question}</h2>
        <p>{hint}</p>
        <div class="buttons">
          <button type="submit" value="no" class="quiet">
            {texts.cancel}
          </button>
          <button type="submit" value="yes" class="danger">
            {action}
          </button>
        </div>
      </form>
    </dialog>
  );
}
