import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { expect, test } from 'vitest';
import { openSupport } from '../testing/support.ts';
import { claimDelivery, claimUpdate } from './claim.ts';
import { TelegramDelivery, TelegramUpdate } from './rows.ts';

const longestTry = 180_000;

test.each(backends)("what is claimed on $name is nobody else's for longer than a try takes", async ({ open }) => {
  await using backend = await open();
  // Without a bot of its own, so that nobody else claims.
  await using desk = await openSupport(backend.settings);
  const { database } = desk;
  const now = new Date();
  const shared = { chatId: '1', tries: 0, dueAt: now };
  await database.write(async ({ manager }) => {
    const delivery = { id: newId(), threadId: newId(), messageId: null, text: 'Merhaba', file: null };
    await manager.insert(TelegramDelivery, { ...delivery, ...shared });
    const update = { id: '1'.padStart(20, '0'), messageId: 1, body: '{}', receivedAt: now };
    await manager.insert(TelegramUpdate, { ...update, ...shared });
  });
  for (const claim of [claimDelivery, claimUpdate]) {
    const claimed = await claim(database);
    expect(claimed?.dueAt?.getTime()).toBeGreaterThan(now.getTime() + longestTry);
    expect(await claim(database)).toBeNull();
  }
});
