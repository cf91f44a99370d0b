import { randomBytes } from 'node:crypto';
import type { BrowserContext, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Browsers } from './browser.ts';
import type { Site } from './site.ts';

/** A conversation on a page, of either side. */
export class Talk {
  readonly page: Page;
  /** Where the chat is: the page, or a frame in it. */
  readonly chat: Page | FrameLocator;

  constructor(page: Page, chat: Page | FrameLocator = page) {
    this.page = page;
    this.chat = chat;
  }

  get field(): Locator {
    return this.chat.getByLabel('Your message');
  }

  /** Messages that are stored; those on their way are `drafts`. */
  get messages(): Locator {
    return this.chat.locator('.bubble:not(.draft)');
  }

  get drafts(): Locator {
    return this.chat.locator('.bubble.draft');
  }

  button(name: string | RegExp): Locator {
    return this.chat.getByRole('button', { name });
  }

  /** Writes and presses Enter. */
  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Resolves once a message with a text is there and stored. */
  async hears(text: string): Promise<Locator> {
    const message = this.messages.filter({ hasText: text });
    await message.waitFor();
    return message;
  }

  /** The words of all messages, in order. */
  words(): Promise<string[]> {
    return this.messages.locator('.words').allTextContents();
  }

  /** Resolves once the server hears us, and we it. */
  async connected(): Promise<void> {
    await this.chat.locator('.connection[data-state=ready]').waitFor({ state: 'attached', timeout: 30_000 });
  }
}

/** Somebody new who asks something. Their name is random, so that agents find them. */
export async function visitor(
  browsers: Browsers,
  { origin }: Site,
  question: string,
  options: BrowserContextOptions = {},
): Promise<Talk & { readonly name: string }> {
  const page = await browsers.page(options);
  await page.goto(`${origin}/?lang=en`);
  const name = `Visitor ${randomBytes(4).toString('hex')}`;
  await begin(page, name, question);
  const talk = new Talk(page);
  await talk.hears(question);
  return Object.assign(talk, { name });
}

/** Fills in the first form. */
export async function begin(chat: Page | FrameLocator, name: string, question: string): Promise<void> {
  await chat.getByLabel('Your name').fill(name);
  await chat.getByLabel('Your question').fill(question);
  await chat.getByRole('button', { name: 'Start the conversation' }).click();
}

/** An agent at the desk. */
export class Agent extends Talk {
  thread(name: string): Locator {
    return this.page.getByRole('navigation').getByRole('link', { name });
  }

  /** Opens somebody's thread. */
  async open(name: string): Promise<void> {
    await this.thread(name).click();
    await this.page.getByRole('heading', { level: 2, name }).waitFor();
    await this.connected();
  }

  async confirm(action: string): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: action }).click();
  }
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** The agents of a site. Codes are few, so each signs in once, and goes on with that session. */
export class Agents {
  readonly #browsers: Browsers;
  readonly #site: Site;
  readonly #sessions = new Map<number, Promise<Session>>();
  #before: Promise<unknown> = Promise.resolve();

  constructor(browsers: Browsers, site: Site) {
    this.#browsers = browsers;
    this.#site = site;
  }

  /** The desk of one of them, in a browser of its own. */
  async desk(which = 0, options: BrowserContextOptions = {}): Promise<Agent> {
    let session = this.#sessions.get(which);
    if (!session) {
      // A new code takes the place of the one before.
      session = this.#before.then(() => this.#signIn());
      this.#before = session;
      this.#sessions.set(which, session);
    }
    const page = await this.#browsers.page({ ...options, storageState: await session });
    await page.goto(`${this.#site.origin}/admin?lang=en`);
    const agent = new Agent(page);
    await agent.connected();
    return agent;
  }

  async #signIn(): Promise<Session> {
    const page = await this.#browsers.page();
    await page.goto(`${this.#site.origin}/login`);
    await signInByCode(page);
    return page.context().storageState();
  }
}

/** Asks for a code, and enters the one that the page shows. */
export async function signInByCode(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByRole('button', { name: 'Fill it in' }).click();
  await page.waitForURL('**/admin');
}

/** Waits until a tab's title is this. */
export const titled = (page: Page, title: string): Promise<void> => expect.poll(() => page.title()).toBe(title);
