import type { GraphQLFormattedError } from 'graphql';
import type { LiveHandle } from '../graph/graph.ts';

/** A subscription has ended because of these. */
export class SubscriptionEnded extends Error {
  override readonly name = 'SubscriptionEnded';
  readonly errors: readonly GraphQLFormattedError[];
  constructor(errors: readonly GraphQLFormattedError[]) {
    super('The subscription has ended.');
    this.errors = errors;
  }
}

/**
 * A subscription as graphql-ws holds it: it yields nothing, for its responses are written beside graphql-ws,
 * and ends when the subscription does. `onEnd` is called once, whoever ended it.
 */
export class LiveStream implements AsyncIterableIterator<never, undefined> {
  readonly #end = Promise.withResolvers<IteratorReturnResult<undefined>>();
  readonly #onEnd: () => void;
  #handle: LiveHandle | undefined;
  #ended = false;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    // Where it fails before graphql-ws asks, that is for graphql-ws to find out.
    this.#end.promise.catch(() => undefined);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What ends the subscription at its source. */
  opened(handle: LiveHandle): void {
    if (this.#ended) handle.close();
    else this.#handle = handle;
  }

  fail(errors: readonly GraphQLFormattedError[]): void {
    if (this.#ended) return;
    this.#stop();
    this.#end.reject(new SubscriptionEnded(errors));
  }

  next(): Promise<IteratorReturnResult<undefined>> {
    return this.#end.promise;
  }

  /** Called by graphql-ws when the client completes the subscription or its socket closes. */
  return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#ended) {
      this.#stop();
      this.#end.resolve({ done: true, value: undefined });
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #stop(): void {
    this.#ended = true;
    this.#handle?.close();
    this.#onEnd();
  }
}
