import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../text/language.ts';
import { failureOf } from '../wire/failure.ts';
import { verifyCode } from './codes.ts';
import { problemOf } from './problem.ts';

const digits = 6;

/** Takes the six digits; the sixth sends them. `shown` is the code where the server told it. */
export function CodeForm({ shown }: { shown: string | null }) {
  const code = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const verify = async () => {
    if (busy.value) return;
    if (code.value.length !== digits) {
      problem.value = texts.login.six;
      return;
    }
    busy.value = true;
    problem.value = '';
    try {
      const answer = await verifyCode(code.value);
      if ('redirect' in answer) return location.assign(answer.redirect);
      problem.value =
        answer.reason === 'expired'
          ? texts.login.expired
          : answer.reason === 'too_many'
            ? texts.login.tooMany(1)
            : texts.login.wrong;
    } catch (error) {
      problem.value = problemOf(failureOf(error));
    }
    busy.value = false;
    code.value = '';
    field.current?.focus();
  };
  const write = (text: string) => {
    // Pasted codes come with spaces and words around them.
    code.value = text.replaceAll(/\D/g, '').slice(0, digits);
    if (code.value.length === digits) void verify();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void verify();
      }}
    >
      {shown && (
        <p class="development">
          {texts.login.development} <code>{shown}</code>
          <button type="button" class="quiet" onClick={() => write(shown)}>
            {texts.login.fill}
          </button>
        </p>
      )}
      <input
        ref={field}
        class="code"
        value={code.value}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\d*"
        aria-label={texts.login.code}
        aria-invalid={problem.value !== ''}
        aria-describedby="code-problem"
        placeholder="······"
        onInput={({ currentTarget }) => {
          write(currentTarget.value);
          currentTarget.value = code.value;
        }}
      />
      <p class="problem" id="code-problem" role="alert">
        {problem.value}
      </p>
      <button type="submit" class="wide accent" disabled={busy.value}>
        {busy.value ? texts.login.verifying : texts.login.verify}
      </button>
    </form>
  );
}
