/** How long anything may take to arrive, in milliseconds. Nothing waits this long unless something is wrong. */
const patience = 20_000;

/** What arrives over a connection, in order, and a way to wait for a part of it. */
export class Inbox<Item> {
  readonly items: Item[] = [];
  readonly #name: string;
  readonly #waiting = new Set<() => void>();
  #ended: string | undefined;

  /** `name` says whose inbox it is where a wait fails. */
  constructor(name: string) {
    this.#name = name;
  }

  push(item: Item): void {
    this.items.push(item);
    this.#wake();
  }

  /** Nothing follows; `why` is told to whoever still waits. */
  end(why: string): void {
    this.#ended ??= why;
    this.#wake();
  }

  /** The first item that `matches`, whether it is here already or still to come. */
  async first(what: string, matches: (item: Item) => boolean): Promise<Item> {
    const [item] = await this.atLeast(1, what, matches);
    return item as Item;
  }

  /** All items that match, as soon as there are `count` of them. */
  atLeast(count: number, what: string, matches: (item: Item) => boolean = () => true): Promise<Item[]> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        stop();
        reject(new Error(`${this.#name} got no ${what}: ${why}. It got:\n${this.#listing()}`));
      };
      const look = () => {
        const found = this.items.filter(matches);
        if (found.length >= count) {
          stop();
          resolve(found);
        } else if (this.#ended !== undefined) fail(this.#ended);
      };
      const stop = () => {
        clearTimeout(deadline);
        this.#waiting.delete(look);
      };
      const deadline = setTimeout(() => fail(`nothing came within ${patience / 1_000} s`), patience);
      this.#waiting.add(look);
      look();
    });
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }

  #listing(): string {
    return this.items.map((item) => `  ${JSON.stringify(item)}`).join('\n') || '  nothing';
  }
}
