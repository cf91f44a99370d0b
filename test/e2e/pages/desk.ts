import { expect, test } from 'vitest';
import type { Cast } from './cast.ts';
import { visitor } from './people.ts';

/** What agents do at the desk. */
export function desk({ browsers, site, agents }: Cast): void {
  test('status, assignment and notes are there for every agent, and the visitor sees what is theirs', async () => {
    const asking = await visitor(browsers, site, 'Please help');
    const [one, other] = await Promise.all([agents.desk(0), agents.desk(1)]);
    await one.open(asking.name);
    await one.button('Assign to me').click();
    await one.button('Release').waitFor();
    await other.thread(asking.name).getByText('Assigned to').waitFor({ state: 'attached' });

    await one.button('Private notes').click();
    const notes = one.page.getByRole('complementary', { name: 'Private notes' });
    await notes.getByLabel('New note').fill('A good customer');
    await notes.getByRole('button', { name: 'Add note' }).click();
    await notes.getByText('A good customer').waitFor();
    await other.open(asking.name);
    await other.button('Private notes').click();
    await other.page.getByText('A good customer').waitFor();

    await one.page.getByLabel('Status').selectOption('Resolved');
    await asking.chat.getByText('This conversation is marked as resolved.').waitFor();
    expect(await asking.page.content()).not.toContain('A good customer');
    await other.page.getByText('Resolved', { exact: true }).first().waitFor();
    await asking.say('One thing more');
    await expect.poll(() => one.page.getByLabel('Status').inputValue()).toBe('open');
    expect(await asking.chat.getByText('This conversation is marked as resolved.').count()).toBe(0);
  });

  test('threads are searched, and filtered by what is unread and by status', async () => {
    const [first, second] = await Promise.all([
      visitor(browsers, site, 'About an invoice'),
      visitor(browsers, site, 'About a parcel'),
    ]);
    const agent = await agents.desk();
    await agent.thread(first.name).waitFor();
    await agent.thread(second.name).waitFor();
    await agent.page.getByRole('searchbox').fill('INVOICE');
    await expect.poll(() => agent.thread(second.name).count()).toBe(0);
    expect(await agent.thread(first.name).count()).toBe(1);
    await agent.page.getByRole('searchbox').fill('nothing like this');
    await agent.page.getByText('Nothing found.').waitFor();
    await agent.page.getByRole('searchbox').fill('');

    await agent.open(first.name);
    await expect.poll(() => agent.thread(first.name).getByText('unread').count()).toBe(0);
    await agent.button('Unread only').click();
    expect([await agent.thread(first.name).count(), await agent.thread(second.name).count()]).toEqual([1, 1]);
    await agent.open(second.name);
    await expect.poll(() => agent.thread(first.name).count()).toBe(0);
    await agent.button('Unread only').click();

    await agent.open(first.name);
    await agent.page.getByLabel('Status').selectOption('Pending');
    await agent.thread(first.name).getByText('Pending').waitFor();
    await agent.page.getByRole('radio', { name: 'Pending' }).check({ force: true });
    await expect.poll(() => agent.thread(second.name).count()).toBe(0);
    expect(await agent.thread(first.name).count()).toBe(1);
  });

  test('who is here has a dot, and is offline two minutes after their last word', async () => {
    const asking = await visitor(browsers, site, 'Here I am');
    const agent = await agents.desk();
    await agent.thread(asking.name).getByTitle('Online').waitFor();
    await asking.page.context().close();
    await agent.page.clock.install();
    await agent.page.reload();
    await agent.connected();
    await agent.thread(asking.name).getByTitle('Online').waitFor();
    await agent.page.clock.runFor('02:10');
    await expect.poll(() => agent.thread(asking.name).getByTitle('Online').count()).toBe(0);
  });

  test('clearing asks first, and takes the messages from everybody', async () => {
    const asking = await visitor(browsers, site, 'Forget this');
    const agent = await agents.desk();
    await agent.open(asking.name);
    await agent.button('Clear messages').click();
    await agent.confirm('Cancel');
    expect(await agent.words()).toEqual(['Forget this']);
    await agent.button('Clear messages').click();
    await agent.confirm('Clear messages');
    for (const person of [agent, asking]) await expect.poll(() => person.messages.count()).toBe(0);
    await asking.say('A new beginning');
    await agent.hears('A new beginning');
  });

  test('deleting everything sends visitors back to the beginning', async () => {
    const asking = await visitor(browsers, site, 'Soon gone');
    const agent = await agents.desk();
    const away = await visitor(browsers, site, 'Away meanwhile');
    await away.page.context().setOffline(true);
    await away.say('Written offline');
    await away.drafts.waitFor();
    await agent.thread(asking.name).waitFor();
    await agent.button('Delete everything').click();
    await agent.confirm('Delete everything');
    await agent.page.getByText('No conversations here.').waitFor();
    await away.page.context().setOffline(false);
    for (const { chat } of [asking, away])
      await chat.getByText('Your earlier conversation has been deleted.').waitFor();
    expect(await away.chat.getByLabel('Your question').inputValue()).toBe('Written offline');
    await asking.chat.getByLabel('Your question').fill('Again');
    await asking.button('Start the conversation').click();
    await asking.hears('Again');
    await agent.thread(asking.name).waitFor();
  });
}
