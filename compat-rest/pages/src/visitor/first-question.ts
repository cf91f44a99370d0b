import { signal } from '@preact/signals';
import { store, stored } from '../chat/storage.ts';
import { failureOf } from '../wire/failure.ts';
import type { Visitor } from './visitor.ts';

/** What keeps a question from being asked: a field that is empty, or the server. */
type QuestionProblem = 'name' | 'text' | 'limited' | 'failed';

/** The form that begins a thread: who asks, and what. The browser keeps it until it is sent. */
export class FirstQuestion {
  readonly name = signal(stored('name') ?? '');
  readonly text = signal(stored('first') ?? '');
  readonly problem = signal<QuestionProblem | null>(null);
  readonly busy = signal(false);
  readonly #visitor: Pick<Visitor, 'start'>;

  constructor(visitor: Pick<Visitor, 'start'>) {
    this.#visitor = visitor;
  }

  writeName(name: string): void {
    this.name.value = name;
    this.#filled('name');
  }

  writeText(text: string): void {
    this.text.value = text;
    store('first', text || null);
    this.#filled('text');
  }

  /** Begins the thread, or says in `problem` why not. */
  async ask(): Promise<void> {
    if (this.busy.value) return;
    const name = this.name.value.trim();
    const text = this.text.value.trim();
    this.problem.value = name === '' ? 'name' : text === '' ? 'text' : null;
    if (this.problem.value) return;
    this.busy.value = true;
    try {
      await this.#visitor.start(name, text);
      store('first', null);
    } catch (error) {
      this.problem.value = failureOf(error).type === 'rate_limit_exceeded' ? 'limited' : 'failed';
      this.busy.value = false;
    }
  }

  /** Whoever fills a field need not be told that it is empty. */
  #filled(field: 'name' | 'text'): void {
    if (this.problem.value === field) this.problem.value = null;
  }
}
