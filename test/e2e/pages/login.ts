import { expect, test } from 'vitest';
import type { Cast } from './cast.ts';
import { signInByCode } from './people.ts';

/** How agents come in, and out. */
export function login({ browsers, site }: Cast): void {
  test('a code lets an agent in, a wrong one does not, and signing out ends it everywhere', async () => {
    const page = await browsers.page();
    await page.goto(`${site.origin}/admin`);
    expect(new URL(page.url()).pathname).toBe('/login');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    const field = page.getByLabel('Six-digit code');
    await expect.poll(() => page.evaluate('document.activeElement.autocomplete')).toBe('one-time-code');
    const code = (await page.locator('code').textContent()) ?? '';
    expect(code).toMatch(/^\d{6}$/);
    await field.fill(code === '000000' ? '111111' : '000000');
    await page.getByText('That is not the code.').waitFor();
    expect(await field.inputValue()).toBe('');
    // As it is copied out of a chat.
    await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await page.waitForURL('**/admin');

    const tab = await page.context().newPage();
    await tab.goto(`${site.origin}/admin`);
    await tab.getByRole('searchbox').waitFor();
    await tab.locator('.connection[data-state=ready]').waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.waitForURL('**/login');
    await tab.waitForURL('**/login');
    await page.goto(`${site.origin}/admin`);
    expect(new URL(page.url()).pathname).toBe('/login');
    await signInByCode(page);
  });
}
