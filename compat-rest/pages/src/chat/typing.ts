import { signal } from '@preact/signals';

/** How often a writer says so, and how long a reader believes it, in milliseconds. */
const sayEvery = 2_500;
const believeFor = 5_000;

/** Who is writing, as both sides of a conversation tell each other. */
export class Typing {
  /** Whether the other side is. */
  readonly seen = signal(false);
  #said = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #say: () => void;

  constructor(say: () => void) {
    this.#say = say;
  }

  /** On every key. */
  write(): void {
    if (Date.now() - this.#said < sayEvery) return;
    this.#said = Date.now();
    this.#say();
  }

  hear(): void {
    clearTimeout(this.#timer);
    this.seen.value = true;
    this.#timer = setTimeout(() => this.stop(), believeFor);
  }

  /** What they were writing has come, or nothing will. */
  stop(): void {
    clearTimeout(this.#timer);
    this.seen.value = false;
  }

  /** After sending, the next key says it at once. */
  sent(): void {
    this.#said = 0;
  }
}
