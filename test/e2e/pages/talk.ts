import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Cast } from './cast.ts';
import { titled, visitor } from './people.ts';
import { picture } from './picture.ts';

/** Visitors and agents talk to each other. */
export function talk({ browsers, site, agents }: Cast): void {
  test('a visitor and two agents talk, each sees what the others write and who has seen it', async () => {
    const [one, other] = await Promise.all([agents.desk(0), agents.desk(1, { colorScheme: 'dark' })]);
    const asking = await visitor(browsers, site, 'Where is my parcel?');
    await one.thread(asking.name).getByText('1 unread').waitFor({ state: 'attached' });
    await expect.poll(() => one.page.title()).toMatch(/^\(\d+\) Support desk$/);
    expect(await asking.messages.getByTitle('Seen').count()).toBe(0);
    await one.open(asking.name);
    await other.open(asking.name);
    await asking.messages.getByTitle('Seen').waitFor();
    expect(await one.thread(asking.name).getByText('unread').count()).toBe(0);

    await one.field.pressSequentially('On its way');
    await asking.chat.getByText('Support is writing').waitFor();
    await one.field.press('Enter');
    for (const person of [asking, other]) await person.hears('On its way');
    expect(await asking.chat.getByText('is writing').count()).toBe(0);
    await one.messages.filter({ hasText: 'On its way' }).getByTitle('Seen').waitFor();

    await asking.field.pressSequentially('Thank');
    await one.chat.getByText(`${asking.name} is writing`).waitFor();
    await other.say('It comes tomorrow');
    await asking.say('Thank you');
    for (const person of [one, other, asking]) {
      await person.hears('Thank you');
      expect(await person.words()).toEqual(['Where is my parcel?', 'On its way', 'It comes tomorrow', 'Thank you']);
    }
  });

  test('pictures are chosen, pasted and dropped, seen before they are sent, and seen by the other side', async () => {
    const asking = await visitor(browsers, site, 'Look at this');
    const agent = await agents.desk();
    await agent.open(asking.name);
    const file = { name: 'parcel.png', mimeType: 'image/png', buffer: picture(40, 30) };
    await asking.page.locator('input[type=file]').setInputFiles(file);
    await asking.page.getByRole('img', { name: 'parcel.png' }).waitFor();
    await asking.say('as I said');
    await agent.hears('as I said');
    const widths = () =>
      agent.page.evaluate(`Array.from(document.querySelectorAll('.picture img'), (image) => image.naturalWidth)`);
    await expect.poll(widths).toEqual([40]);

    await give(asking.page, 'paste', picture(50, 30));
    await asking.button('Send').click();
    await give(asking.page, 'drop', picture(60, 30));
    await asking.button('Send').click();
    await expect.poll(widths).toEqual([40, 50, 60]);
    await agent
      .button(/Enlarge picture/)
      .first()
      .click();
    await agent.page.getByRole('dialog').getByRole('img').waitFor();
    await agent.page.keyboard.press('Escape');
    expect(await agent.page.getByRole('dialog').count()).toBe(0);
  });

  test('what is no picture is refused before it is sent', async () => {
    const asking = await visitor(browsers, site, 'Take this');
    const file = { name: 'page.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') };
    await asking.page.locator('input[type=file]').setInputFiles(file);
    await asking.page.getByRole('alert').getByText('Only PNG, JPEG, GIF and WebP').waitFor();
  });

  test('what only looks like a picture is refused by the server, and can be discarded', async () => {
    const asking = await visitor(browsers, site, 'Take this');
    const file = { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<html>') };
    await asking.page.locator('input[type=file]').setInputFiles(file);
    await asking.button('Send').click();
    await asking.drafts.getByText('This kind of file cannot be sent.').waitFor();
    expect(await asking.button('Try again').count()).toBe(0);
    await asking.button('Discard').click();
    expect(await asking.drafts.count()).toBe(0);
  });

  test('a voice message is recorded, heard again, sent, and played by the agent', async () => {
    const asking = await visitor(browsers, site, 'Listen');
    const agent = await agents.desk();
    await agent.open(asking.name);
    await asking.button('Record a voice message').click();
    await asking.chat.getByText('0:01').waitFor();
    await asking.button('Discard recording').click();
    await asking.button('Record a voice message').click();
    await asking.chat.getByText('0:01').waitFor();
    await asking.button('Stop recording').click();
    await asking.chat.getByRole('group', { name: 'Your recording' }).waitFor();
    await asking.button('Send voice message').click();
    const player = agent.messages.getByRole('group', { name: 'Voice message' });
    await player.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => agent.page.evaluate("document.querySelector('audio').currentTime")).toBeGreaterThan(0);
    expect(await asking.messages.locator('audio').count()).toBe(1);
  });

  test('who comes back finds everything, in another tab too', async () => {
    const asking = await visitor(browsers, site, 'Before');
    const tab = await asking.page.context().newPage();
    await tab.goto(`${site.origin}/?lang=en`);
    await tab.getByText('Before').waitFor();
    await asking.say('After');
    await tab.getByText('After').waitFor();
    await asking.page.reload();
    await asking.hears('After');
    expect(await asking.words()).toEqual(['Before', 'After']);
    await titled(asking.page, 'Support');
  });

  test('a long conversation is read page by page', async () => {
    const asking = await visitor(browsers, site, 'number 0');
    const agent = await agents.desk();
    await agent.open(asking.name);
    for (let number = 1; number <= 55; number += 1) await agent.say(`number ${number}`);
    await asking.hears('number 55');
    await asking.page.reload();
    await asking.hears('number 55');
    expect(await asking.messages.count()).toBe(50);
    await asking.button('Show earlier messages').click();
    await asking.messages.getByText('number 0', { exact: true }).waitFor();
    expect(await asking.words()).toEqual(Array.from({ length: 56 }, (_, number) => `number ${number}`));
    expect(await asking.button('Show earlier messages').count()).toBe(0);
  });
}

/** Pastes a picture into the field, or drops it on the page, as the browser tells of it. */
async function give(page: Page, how: 'paste' | 'drop', png: Buffer): Promise<void> {
  await page.evaluate(`{
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array([${[...png].join()}])], 'given.png', { type: 'image/png' }));
    const options = { bubbles: true, cancelable: true };
    if ('${how}' === 'paste')
      document.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', { clipboardData: files, ...options }));
    else document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: files, ...options }));
  }`);
}
