import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest';

/** Quiet, alone, and with a microphone that beeps. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--mute-audio',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** One Chromium for the tests of a file. Each person has a context of their own in it, as if it were their browser. */
export class Browsers {
  #browser: Browser | undefined;

  constructor() {
    beforeAll(async () => {
      const executablePath = new URL(inject('services').chromium.url).pathname;
      this.#browser = await chromium.launch({ executablePath, args: flags });
    });
    afterAll(() => this.#browser?.close());
  }

  /** A browser of somebody's, closed when the test ends. */
  async context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    if (!this.#browser) throw new Error('The browser is not running.');
    const context = await this.#browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    context.setDefaultTimeout(15_000);
    onTestFinished(() => context.close());
    return context;
  }

  /** A tab in a browser of somebody's. Whatever goes wrong in it, or is refused by its policy, fails the test. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    return watched(await (await this.context(options)).newPage());
  }
}

/** What a browser says of a server that is away is no mistake of the page; nor is a file that is refused. */
const network = /net::ERR_|WebSocket connection to|status of 50[234]/;

export function watched(page: Page): Page {
  const mistakes: string[] = [];
  page.on('pageerror', ({ stack, message }) => mistakes.push(stack ?? message));
  page.on('console', (message) => {
    const isRefused = message.location().url.includes('/api/upload/');
    if (message.type() === 'error' && !isRefused && !network.test(message.text())) mistakes.push(message.text());
  });
  onTestFinished(() => expect(mistakes).toEqual([]));
  return page;
}
