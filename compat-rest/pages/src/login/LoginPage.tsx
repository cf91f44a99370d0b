import { useSignal } from '@preact/signals';
import { Icon } from '../icons/Icon.tsx';
import { texts } from '../text/language.ts';
import { failureOf } from '../wire/failure.ts';
import { CodeForm } from './CodeForm.tsx';
import { requestCode } from './codes.ts';
import { problemOf } from './problem.ts';
import './login.css';

/** Asks for a one-time code, then takes it. */
export function LoginPage() {
  const asked = useSignal(false);
  const shown = useSignal<string | null>(null);
  const busy = useSignal(false);
  const problem = useSignal('');

  const request = async () => {
    busy.value = true;
    problem.value = '';
    try {
      shown.value = await requestCode();
      asked.value = true;
    } catch (error) {
      problem.value = problemOf(failureOf(error));
    } finally {
      busy.value = false;
    }
  };

  return (
    <main class="login">
      <div class="card">
        <span class="mark">
          <Icon name="bridge" size={34} />
        </span>
        <h1>{asked.value ? texts.login.enter : texts.login.title}</h1>
        {asked.value ? (
          <>
            {shown.value === null && <p class="explain">{texts.login.sentTo}</p>}
            <CodeForm key={shown.value} shown={shown.value} />
          </>
        ) : (
          <p class="explain">{texts.login.explain}</p>
        )}
        {problem.value && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        <button
          type="button"
          class={`wide ${asked.value ? 'quiet' : 'accent'}`}
          disabled={busy.value}
          onClick={() => void request()}
        >
          {busy.value ? texts.login.requesting : asked.value ? texts.login.again : texts.login.request}
        </button>
      </div>
    </main>
  );
}
