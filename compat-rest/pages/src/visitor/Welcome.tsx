import { useMemo, useRef } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { texts } from '../text/language.ts';
import { FirstQuestion } from './first-question.ts';
import type { Visitor } from './visitor.ts';
import './welcome.css';

/** Asks for a name and the first message. */
export function Welcome({ visitor }: { visitor: Visitor }) {
  const question = useMemo(() => new FirstQuestion(visitor), [visitor]);
  const { name, text, problem, busy } = question;
  const nameField = useRef<HTMLInputElement>(null);
  const textField = useRef<HTMLTextAreaElement>(null);

  const start = async () => {
    await question.ask();
    if (problem.value === 'name') nameField.current?.focus();
    if (problem.value === 'text') textField.current?.focus();
  };
  const missing = (field: 'name' | 'text', says: string) =>
    problem.value === field && (
      <span class="problem" id={`${field}-problem`} role="alert">
        {says}
      </span>
    );

  return (
    <form
      class="welcome"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      {visitor.gone.value && (
        <p class="notice" role="status">
          {texts.visitor.gone}
        </p>
      )}
      <h2>{texts.visitor.greeting}</h2>
      <p class="invitation">{texts.visitor.invitation}</p>
      <label>
        <span>{texts.visitor.name}</span>
        <input
          ref={nameField}
          value={name.value}
          maxLength={80}
          autoComplete="name"
          placeholder={texts.visitor.namePlaceholder}
          aria-invalid={problem.value === 'name'}
          aria-describedby="name-problem"
          onInput={({ currentTarget }) => question.writeName(currentTarget.value)}
        />
        {missing('name', texts.visitor.nameMissing)}
      </label>
      <label>
        <span>{texts.visitor.first}</span>
        <textarea
          ref={textField}
          rows={4}
          value={text.value}
          maxLength={4_000}
          placeholder={texts.visitor.firstPlaceholder}
          aria-invalid={problem.value === 'text'}
          aria-describedby="text-problem"
          onInput={({ currentTarget }) => question.writeText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void start();
          }}
        />
        {missing('text', texts.visitor.messageMissing)}
      </label>
      {(problem.value === 'limited' || problem.value === 'failed') && (
        <p class="problem" role="alert">
          {texts.visitor[problem.value]}
        </p>
      )}
      <button type="submit" class="wide accent" disabled={busy.value}>
        {busy.value ? texts.visitor.starting : texts.visitor.start}
        {!busy.value && <Icon name="send" size={18} />}
      </button>
    </form>
  );
}
