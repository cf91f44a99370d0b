import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { store, stored } from '../chat/storage.ts';
import { Icon } from '../icons/Icon.tsx';
import { texts } from '../text/language.ts';
import { failureOf } from '../wire/failure.ts';
import type { Visitor } from './visitor.ts';
import './welcome.css';

/** Asks for a name and the first message. */
export function Welcome({ visitor }: { visitor: Visitor }) {
  const name = useSignal(stored('name') ?? '');
  const text = useSignal(stored('first') ?? '');
  const problem = useSignal<{ of: 'name' | 'text' | 'form'; says: string } | null>(null);
  const busy = useSignal(false);
  const nameField = useRef<HTMLInputElement>(null);
  const textField = useRef<HTMLTextAreaElement>(null);

  const start = async () => {
    if (busy.value) return;
    if (name.value.trim() === '') {
      problem.value = { of: 'name', says: texts.visitor.nameMissing };
      nameField.current?.focus();
    } else if (text.value.trim() === '') {
      problem.value = { of: 'text', says: texts.visitor.messageMissing };
      textField.current?.focus();
    } else {
      busy.value = true;
      problem.value = null;
      try {
        await visitor.start(name.value.trim(), text.value.trim());
        store('first', null);
      } catch (error) {
        const { type } = failureOf(error);
        const says = type === 'rate_limit_exceeded' ? texts.visitor.limited : texts.visitor.failed;
        problem.value = { of: 'form', says };
        busy.value = false;
      }
    }
  };
  const says = (of: 'name' | 'text') =>
    problem.value?.of === of && (
      <span class="problem" id={`${of}-problem`} role="alert">
        {problem.value.says}
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
          aria-invalid={problem.value?.of === 'name'}
          aria-describedby="name-problem"
          onInput={({ currentTarget }) => {
            name.value = currentTarget.value;
          }}
        />
        {says('name')}
      </label>
      <label>
        <span>{texts.visitor.first}</span>
        <textarea
          ref={textField}
          rows={4}
          value={text.value}
          maxLength={4_000}
          placeholder={texts.visitor.firstPlaceholder}
          aria-invalid={problem.value?.of === 'text'}
          aria-describedby="text-problem"
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
            store('first', currentTarget.value || null);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void start();
          }}
        />
        {says('text')}
      </label>
      {problem.value?.of === 'form' && (
        <p class="problem" role="alert">
          {problem.value.says}
        </p>
      )}
      <button type="submit" class="wide accent" disabled={busy.value}>
        {busy.value ? texts.visitor.starting : texts.visitor.start}
        {!busy.value && <Icon name="send" size={18} />}
      </button>
    </form>
  );
}
