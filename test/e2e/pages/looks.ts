import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Cast } from './cast.ts';
import { visitor } from './people.ts';

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { viewport: { width: 320, height: 568 } };

/** The pages are for everybody, on every screen. */
export function looks({ browsers, site, agents }: Cast): void {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test('the visitor’s page, from its first form on', async () => {
      const page = await browsers.page({ colorScheme });
      await page.goto(`${site.origin}/?lang=en`);
      await page.getByRole('button', { name: 'Start the conversation' }).click();
      await page.getByText('Please tell us your name.').waitFor();
      expect(await violations(page)).toEqual([]);
      const asking = await visitor(browsers, site, 'See https://kopru.example', { colorScheme });
      expect(await violations(asking.page)).toEqual([]);
    });

    test('the login page', async () => {
      const page = await browsers.page({ colorScheme });
      await page.goto(`${site.origin}/login`);
      await page.getByRole('button', { name: 'Send me a code' }).waitFor();
      expect(await violations(page)).toEqual([]);
    });

    test('the desk, with a thread, its notes and a question', async () => {
      const asking = await visitor(browsers, site, 'Hello');
      const agent = await agents.desk(0, { colorScheme });
      expect(await violations(agent.page)).toEqual([]);
      await agent.open(asking.name);
      await agent.say('Good day');
      await agent.hears('Good day');
      await agent.page.getByLabel('Status').selectOption('Pending');
      await agent.button('Private notes').click();
      await agent.page.getByText('No notes yet.').waitFor();
      expect(await violations(agent.page)).toEqual([]);
      await agent.button('Clear messages').click();
      await agent.page.getByRole('dialog').waitFor();
      expect(await violations(agent.page)).toEqual([]);
    });
  });

  test('on the smallest phone nothing is cut off, and an agent goes from list to thread and back', async () => {
    const question = `Averyveryverylongword${'x'.repeat(60)}`;
    const asking = await visitor(browsers, site, question, phone);
    expect(await overflow(asking.page)).toBe(0);
    const agent = await agents.desk(0, phone);
    expect(await overflow(agent.page)).toBe(0);
    await agent.open(asking.name);
    await agent.hears(question);
    expect(await agent.thread(asking.name).isVisible()).toBe(false);
    expect(await overflow(agent.page)).toBe(0);
    await agent.page.goBack();
    await agent.thread(asking.name).waitFor();
    expect(await agent.field.count()).toBe(0);
  });

  test('everything works with a keyboard alone', async () => {
    const page = await browsers.page();
    await page.goto(`${site.origin}/?lang=en`);
    const { keyboard } = page;
    await keyboard.press('Tab');
    await keyboard.type('Keyboard');
    await keyboard.press('Tab');
    await keyboard.type('No mouse here');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.locator('.bubble:not(.draft)').filter({ hasText: 'No mouse here' }).waitFor();
    const names: string[] = [];
    for (let stop = 0; stop < 4; stop += 1) {
      await keyboard.press('Tab');
      names.push(await page.evaluate<string>('document.activeElement.ariaLabel ?? document.activeElement.tagName'));
    }
    expect(names).toEqual(['Messages', 'Add pictures', 'Your message', 'Record a voice message']);
    expect(await page.evaluate("document.activeElement.matches(':focus-visible')")).toBe(true);
  });

  test('new messages are read out, and only those', async () => {
    const asking = await visitor(browsers, site, 'Say something');
    const agent = await agents.desk();
    await agent.open(asking.name);
    await agent.say('With pleasure');
    await asking.hears('With pleasure');
    const said = asking.page.locator('[aria-live=polite]');
    await expect.poll(() => said.textContent()).toBe('Support: With pleasure');
    await asking.page.reload();
    await asking.hears('With pleasure');
    expect(await said.textContent()).toBe('');
  });

  test.each([
    ['tr-TR', 'tr', 'Nasıl yardımcı olalım?', 'Destek'],
    ['de-DE', 'en', 'How can we help?', 'Support'],
  ])('a browser that wants %s is spoken to in %s', async (locale, language, greeting, title) => {
    const page = await browsers.page({ locale });
    await page.goto(site.origin);
    await page.getByRole('heading', { name: greeting }).waitFor();
    expect([await page.title(), await page.evaluate('document.documentElement.lang')]).toEqual([title, language]);
  });
}

/** What axe finds wrong, of serious or critical impact. */
async function violations(page: Page): Promise<string[]> {
  // Colours are measured when they have arrived. What is taken from the page meanwhile never does.
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter((animation) => animation.effect.getTiming().iterations !== Infinity)
    .map((animation) => animation.finished))`);
  await page.evaluate(await axe);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}

/** How many pixels the page is wider than its window. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
