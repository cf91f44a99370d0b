import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../env/process.ts';
import { watched } from './browser.ts';
import type { Cast } from './cast.ts';
import { begin, Talk } from './people.ts';

const [allowedPort = 0, otherPort = 0] = await freePorts(2);
const [allowed, other] = [`http://localhost:${allowedPort}`, `http://localhost:${otherPort}`];

/** With these the chat may be shown on one of two shops. */
export const embedSettings = { EMBED_ORIGINS: allowed };

/** One tag puts the chat on somebody else's page. */
export function embed({ browsers, site, agents }: Cast): void {
  let shops: Server[] = [];
  beforeAll(async () => {
    shops = await Promise.all([allowedPort, otherPort].map((port) => openShop(port, site.origin)));
  });
  afterAll(() => Promise.all(shops.map((shop) => new Promise((closed) => shop.close(closed)))));

  test('on a page of an allowed origin, under a policy of its own', async () => {
    const page = await browsers.page();
    await page.goto(allowed);
    const launcher = page.getByRole('button', { name: /Open the support chat/ });
    await launcher.click();
    const chat = page.frameLocator('iframe');
    await expect.poll(() => focused(page)).toBe('Support chat');
    const name = `Shopper ${Date.now()}`;
    await begin(chat, name, 'Is this in stock?');
    const asking = new Talk(page, chat);
    await asking.hears('Is this in stock?');

    const agent = await agents.desk();
    await agent.open(name);
    await agent.say('Yes, it is');
    await asking.hears('Yes, it is');
    await agent.messages.getByTitle('Seen').waitFor();
    await asking.field.press('Escape');
    await expect.poll(() => focused(page)).toBe('Open the support chat');
    expect(await page.locator('iframe').isVisible()).toBe(false);
    await agent.say('Two of them');
    await page.getByRole('button', { name: 'Open the support chat (1 new message)' }).click();
    await agent.messages.filter({ hasText: 'Two of them' }).getByTitle('Seen').waitFor();
    await asking.button('Close the chat').click();
    await page.reload();
    await launcher.click();
    await asking.hears('Two of them');
  });

  test('on a page of another origin there is nothing, and the console says why', async () => {
    const page = await (await browsers.context()).newPage();
    const warned = page.waitForEvent('console', (message) => message.text().includes('may not be shown on'));
    await page.goto(other);
    expect((await warned).text()).toContain(other);
    expect([await page.locator('iframe').count(), await page.getByRole('button').count()]).toEqual([0, 0]);
  });

  test('the desk cannot be framed, from nowhere', async () => {
    const page = await (await browsers.context()).newPage();
    await page.goto(allowed);
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.evaluate(
      `document.querySelector('h1').append(Object.assign(document.createElement('iframe'), { src: '${site.origin}/login' }))`,
    );
    expect((await refused).text()).toContain("'none'");
  });

  test('its theme, language and side can be told', async () => {
    const page = watched(await (await browsers.context()).newPage());
    await page.goto(`${allowed}/?dark`);
    await page.getByRole('button', { name: 'Destek sohbetini aç' }).click();
    const chat = page.frameLocator('iframe');
    await chat.getByText('Nasıl yardımcı olalım?').waitFor();
    expect(await chat.locator('html').getAttribute('data-theme')).toBe('dark');
    const box = await page.getByRole('button', { name: 'Destek sohbetini kapat' }).boundingBox();
    expect(box?.x).toBeLessThan(100);
  });
}

/** What has the focus on the page around the chat: a button's name, or the frame's. */
const focused = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    const inner = document.activeElement.shadowRoot?.activeElement;
    return inner?.ariaLabel ?? inner?.title;
  })()`);

/** A page of somebody's who allows scripts and frames of the chat alone, and no inline styles. */
async function openShop(port: number, chat: string): Promise<Server> {
  const shop = createServer((request, response) => {
    const more = request.url?.includes('dark') ? 'data-theme="dark" data-lang="tr" data-side="left"' : '';
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${chat}; frame-src ${chat}; img-src 'self'`,
    });
    response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>
      <script src="${chat}/embed.js" ${more} async></script></html>`);
  });
  await new Promise<void>((listening) => shop.listen(port, 'localhost', listening));
  return shop;
}
