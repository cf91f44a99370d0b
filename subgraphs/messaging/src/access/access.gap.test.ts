import { Context } from '@kopru/runtime/context.ts';
import { openMemoryLog } from '@kopru/runtime/events/memory.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { expect, test } from 'vitest';
import { Town } from '../testing/fixture.ts';
import { Access } from './access.ts';
import { Community } from './community.ts';

test('where the log lost events, nothing that was kept is believed', async () => {
  const logger = createLogger('test', 'silent');
  const log = openMemoryLog({ logger });
  let lose = (): void => undefined;
  const losing: typeof log = {
    ...log,
    subscribe(topics, listener, options = {}) {
      lose = options.onGap ?? lose;
      return log.subscribe(topics, listener, options);
    },
  };
  const town = new Town();
  const channelId = town.channel(['ada']);
  const unasked = () => Promise.reject(new Error('Not asked.'));
  const community = new Community(() => ({
    name: 'community',
    execute: async ({ query, variables }) => ({
      data: town.answer(query, { ...variables }) as Record<string, unknown>,
    }),
    handshake: unasked,
    project: unasked,
  }));
  const access = new Access(community, losing);
  await access.start();
  const client = { address: '', userAgent: '' };
  const viewer = { userId: 'ada', sessionId: 's', expiresAt: 0, agent: false };
  const request = () => new Context({ requestId: 'r', client, viewer, log, resolvers: new Map() });

  expect(await access.ofViewer(channelId, request())).toMatchObject({ canSend: true });
  town.allow(channelId, 'ada', { read: true });
  expect(await access.ofViewer(channelId, request())).toMatchObject({ canSend: true });
  lose();
  expect(await access.ofViewer(channelId, request())).toMatchObject({ canSend: false });
  await access.close();
});
