import { expect, test } from 'vitest';
import type { Cast } from './cast.ts';
import { begin, Talk, visitor } from './people.ts';
import { picture } from './picture.ts';

/** Connections drop and servers restart, and nobody has to do anything. */
export function network({ browsers, site, agents }: Cast): void {
  test('what is written without a network is kept, and sent once when it is back', async () => {
    const asking = await visitor(browsers, site, 'Still there?');
    const agent = await agents.desk();
    await agent.open(asking.name);
    await asking.page.context().setOffline(true);
    await asking.chat.getByText('No connection. Trying again…').waitFor();
    await asking.say('one');
    await asking.say('two');
    await asking.drafts.nth(1).waitFor();
    await agent.say('in between');
    await asking.page.context().setOffline(false);
    await asking.chat.getByText('Connected again').waitFor();
    for (const person of [asking, agent]) {
      await person.hears('two');
      expect(await person.words()).toEqual(['Still there?', 'in between', 'one', 'two']);
    }
    expect(await asking.drafts.count()).toBe(0);
  });

  test('a message whose answer is lost is stored once', async () => {
    const asking = await visitor(browsers, site, 'First');
    const agent = await agents.desk();
    await agent.open(asking.name);
    let lost = 0;
    // In Socket.IO's words, what begins with 43 acknowledges an event, here one with a message.
    await asking.page.routeWebSocket(/socket\.io/, (browser) => {
      const server = browser.connectToServer();
      server.onMessage(async (frame) => {
        if (lost > 0 || !/^43.*only once/.test(String(frame))) return browser.send(frame);
        lost += 1;
        await browser.close();
        await server.close();
      });
    });
    await asking.page.reload();
    await asking.hears('First');
    await asking.connected();
    await asking.say('only once');
    await expect.poll(() => lost).toBe(1);
    await asking.hears('only once');
    await asking.connected();
    await asking.say('and then this');
    for (const person of [agent, asking]) {
      await person.hears('and then this');
      expect(await person.words()).toEqual(['First', 'only once', 'and then this']);
    }
    expect(await asking.drafts.count()).toBe(0);
  });

  test('where WebSockets are not let through, long polling does', async () => {
    const page = await browsers.page();
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await page.goto(`${site.origin}/?lang=en`);
    const name = `Polling ${Date.now()}`;
    await begin(page, name, 'Through a proxy');
    const asking = new Talk(page);
    await asking.messages.waitFor({ timeout: 30_000 });
    const agent = await agents.desk();
    await agent.open(name);
    await agent.say('Loud and clear');
    await asking.hears('Loud and clear');
  });

  test('pages go on by themselves after the server has restarted', async () => {
    const asking = await visitor(browsers, site, 'Before the restart');
    const agent = await agents.desk();
    await agent.open(asking.name);
    await site.stop();
    await asking.chat.getByText('No connection. Trying again…').waitFor();
    await agent.chat.getByText('No connection. Trying again…').waitFor();
    await asking.say('from the visitor');
    await asking.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: picture(20, 20) });
    await asking.button('Send').click();
    await agent.say('from the agent');
    await site.start();
    for (const person of [asking, agent]) {
      await person.connected();
      await person.hears('from the visitor');
      await person.hears('from the agent');
      await person.messages.locator('.picture').waitFor();
      expect(await person.messages.count()).toBe(4);
      expect(await person.drafts.count()).toBe(0);
    }
    await asking.say('and on');
    await agent.hears('and on');
  });

  test('words that could not be sent survive that the page is closed', async () => {
    const asking = await visitor(browsers, site, 'Before');
    await asking.page.context().setOffline(true);
    await asking.say('kept');
    await asking.drafts.waitFor();
    await asking.page.close();
    await asking.page.context().setOffline(false);
    const page = await asking.page.context().newPage();
    await page.goto(`${site.origin}/?lang=en`);
    await page.locator('.bubble:not(.draft)').filter({ hasText: 'kept' }).waitFor();
  });
}
