import { LRUCache } from 'lru-cache';

export interface ExpiringCacheOptions {
  /** How many values are kept at most. */
  readonly max: number;
  /** How long each is kept, in milliseconds. */
  readonly lifetime: number;
}

/** Keeps what was loaded for a while, but nothing whose loading had begun before the last `drop`. */
export class ExpiringCache<Value extends object> {
  readonly #values: LRUCache<string, Value>;
  #generation = 0;

  constructor({ max, lifetime }: ExpiringCacheOptions) {
    this.#values = new LRUCache({ max, ttl: lifetime });
  }

  /** The value that is kept, else one that is loaded now. */
  async get(key: string, load: () => Promise<Value | null>): Promise<Value | null> {
    return this.#values.get(key) ?? this.renew(key, load);
  }

  /** Loads the value whatever is kept, and keeps it unless there is none. */
  async renew(key: string, load: () => Promise<Value | null>): Promise<Value | null> {
    const generation = this.#generation;
    const value = await load();
    if (value && generation === this.#generation) this.#values.set(key, value);
    return value;
  }

  /** Forgets the values that `concerned` picks, all of them where it is absent. */
  drop(concerned: (value: Value, key: string) => boolean = () => true): void {
    this.#generation += 1;
    for (const [key, value] of this.#values.entries()) if (concerned(value, key)) this.#values.delete(key);
  }
}
