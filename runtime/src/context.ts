import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import { unauthenticated, viewerRequired } from './errors.ts';
import type { EventLog } from './events/log.ts';
import type { Caller, Client, Grant } from './subgraph/client.ts';
import { type LiveSource, liveSource } from './subgraph/live.ts';
import type { Voices } from './subgraph/voices.ts';

/** Who an access token speaks for. */
export interface Viewer {
  readonly userId: string;
  readonly sessionId: string;
  /** When the token runs out, in seconds since 1970. */
  readonly expiresAt: number;
  /** Whether the session is a support agent's. */
  readonly agent: boolean;
}

/** What a resolver may base a decision on: a viewer, or the audience of an event that many viewers share. */
export type Reader =
  | { readonly kind: 'viewer'; readonly userId: string }
  | { readonly kind: 'audience'; readonly topics: readonly string[] }
  | { readonly kind: 'service' }
  | { readonly kind: 'anonymous' };

export interface ContextOptions {
  readonly requestId: string;
  readonly client: Client;
  readonly viewer?: Viewer | undefined;
  /** The access token that says so. */
  readonly token?: string | undefined;
  /** Set where the caller showed a service token. */
  readonly service?: boolean | undefined;
  /** Set in a shared execution: the topics of the event it runs for. */
  readonly audience?: readonly string[] | undefined;
  readonly log: EventLog;
  /** The subgraph's resolvers, by class. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Loads many values by their keys in one go; the same order, `null` or an Error where there is none. */
export type Batch<Key, Value> = (keys: readonly Key[], context: Context) => Promise<readonly (Value | Error)[]>;

/** What every resolver and service method of one request is given, as its one argument beside its own. */
export class Context {
  readonly requestId: string;
  readonly client: Client;
  readonly service: boolean;
  /** The topics a shared execution runs for, else null. */
  readonly audience: readonly string[] | null;
  readonly #viewer: Viewer | null;
  readonly #token: string | undefined;
  readonly #log: EventLog;
  readonly #resolvers: ReadonlyMap<unknown, object>;
  readonly #loaders = new Map<unknown, unknown>();
  readonly #voices = new Map<string, string>();

  constructor(options: ContextOptions) {
    this.requestId = options.requestId;
    this.client = options.client;
    this.service = options.service ?? false;
    this.audience = options.audience ?? null;
    this.#viewer = options.viewer ?? null;
    this.#token = options.token;
    this.#log = options.log;
    this.#resolvers = options.resolvers;
  }

  /** @throws UNAUTHENTICATED without credentials; VIEWER_REQUIRED in a shared execution. */
  get viewer(): Viewer {
    const viewer = this.viewerOrNull;
    if (!viewer) throw unauthenticated();
    return viewer;
  }

  /** @throws VIEWER_REQUIRED in a shared execution: even "nobody" is an answer about who is reading. */
  get viewerOrNull(): Viewer | null {
    if (this.audience) throw viewerRequired();
    return this.#viewer;
  }

  /** On whose behalf another subgraph is asked for the viewer, which looks at the token itself. @throws as `viewer` */
  get callerForViewer(): Caller {
    const { requestId, client } = this;
    return { requestId, client, token: this.viewer && this.#token };
  }

  /** For access checks, which a shared execution can answer too: may this audience read the thing? */
  get reader(): Reader {
    if (this.audience) return { kind: 'audience', topics: this.audience };
    if (this.#viewer) return { kind: 'viewer', userId: this.#viewer.userId };
    return this.service ? { kind: 'service' } : { kind: 'anonymous' };
  }

  /** Whether `userId` is the viewer. @throws VIEWER_REQUIRED in a shared execution. */
  isViewer(userId: string): boolean {
    return this.viewerOrNull?.userId === userId;
  }

  /** The request's own DataLoader over `batch`: one for each batch function, so nothing is shared between requests. */
  load<Key, Value>(batch: Batch<Key, Value>): DataLoader<Key, Value> {
    let loader = this.#loaders.get(batch) as DataLoader<Key, Value> | undefined;
    if (!loader) {
      loader = new DataLoader<Key, Value>((keys) => batch(keys, this));
      this.#loaders.set(batch, loader);
    }
    return loader;
  }

  /** Lets what follows in this request load anew; for after a write. */
  forgetLoaded(): void {
    this.#loaders.clear();
  }

  /** Lets the router ask other subgraphs for what is selected around here with `token`: of whoever has just signed in. */
  speakAs(token: string, { path }: Pick<GraphQLResolveInfo, 'path'>): void {
    let root = path;
    while (root.prev) root = root.prev;
    this.#voices.set(String(root.key), token);
  }

  /** What `speakAs` was told, for whoever answers the router. */
  get voices(): Voices {
    return Object.fromEntries(this.#voices);
  }

  /** What a write gives, once what follows in the request will read anew. */
  async written<T>(write: Promise<T>): Promise<T> {
    const result = await write;
    this.forgetLoaded();
    return result;
  }

  /** What a subscription returns: the events the viewer was granted. */
  listen(grant: Grant): LiveSource {
    return liveSource(this.#log, grant);
  }

  /** The instance of a resolver class, for the static `subscribe` of Type-GraphQL's decorator. */
  resolver<Instance extends object>(type: abstract new (...parameters: never[]) => Instance): Instance {
    const instance = this.#resolvers.get(type);
    if (!(instance instanceof type)) throw new Error(`No ${type.name} in this subgraph.`);
    return instance;
  }
}
