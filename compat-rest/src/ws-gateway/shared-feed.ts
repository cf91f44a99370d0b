import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Delivery, Graph, LiveHandle } from '@kopru/router/graph/graph.ts';
import { operationFailure, Refused } from '../failure.ts';
import { asService, subscribeAs } from '../operation.ts';

export interface FeedListener {
  next(delivery: Delivery): void;
  /** It ended by itself; nothing follows. */
  ended(error: Refused): void;
}

/** One subscription of this service, for everybody in this process who wants to hear of it. */
export class SharedFeed {
  /** Settles when it is granted or refused. @throws Refused */
  readonly opened: Promise<void>;
  #handle: LiveHandle | undefined;
  #closed = false;

  constructor(graph: Graph, listener: FeedListener, ...[document, variables]: Operation) {
    this.opened = subscribeAs(graph, asService(), document, variables, {
      next: (delivery) => listener.next(delivery),
      error: ([error = { message: 'The subscription ended.' }]) =>
        listener.ended(new Refused(operationFailure(error), { cause: error })),
    }).then((handle) => {
      if (this.#closed) handle.close();
      else this.#handle = handle;
    });
  }

  close(): void {
    this.#closed = true;
    this.#handle?.close();
  }
}

// biome-ignore lint/suspicious/noExplicitAny: whichever it is, its variables are of its own type.
type Operation = readonly [document: TypedDocumentNode<any, any>, variables: Readonly<Record<string, unknown>>];
