import { Context } from '@kopru/runtime/context.ts';
import { openMemoryLog } from '@kopru/runtime/events/memory.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { topic } from '@kopru/schema/events.ts';
import { expect, test } from 'vitest';
import { Access } from '../access/access.ts';
import { Community } from '../access/community.ts';
import { Town } from '../testing/fixture.ts';
import { Typing } from './typing.service.ts';
import { TypingBoard } from './typing-board.ts';

test('somebody who goes on typing is announced every two seconds, and gone eight seconds after the last', async () => {
  const logger = createLogger('test', 'silent');
  const log = openMemoryLog({ logger });
  const town = new Town();
  const channelId = town.channel(['ada']);
  const execute = async ({ query = '', variables = {} }) => ({
    data: town.answer(query, variables) as Record<string, unknown>,
  });
  const unasked = () => Promise.reject(new Error('Not asked.'));
  const community = new Community(() => ({ name: 'community', execute, handshake: unasked, project: unasked }));
  let now = 1_000_000;
  const board = new TypingBoard(log, () => now);
  const typing = new Typing(log, new Access(community, log), board, () => now);
  const context = new Context({
    requestId: 'test',
    client: { address: '', userAgent: '' },
    viewer: { userId: 'ada', sessionId: 's', expiresAt: 0, agent: false },
    log,
    resolvers: new Map(),
  });
  const announced: number[] = [];
  await log.subscribe([topic.channel(channelId)], () => announced.push(now));

  for (const at of [0, 500, 1_999, 2_000, 3_000, 4_100]) {
    now = 1_000_000 + at;
    expect((await typing.start(channelId, context)).getTime()).toBeGreaterThan(now + 6_000);
  }
  expect(announced.map((at) => at - 1_000_000)).toEqual([0, 2_000, 4_100]);
  now += 7_999;
  expect(board.in(channelId)).toEqual(['ada']);
  now += 1;
  expect(board.in(channelId)).toEqual([]);
});
