import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Messenger, openMessenger } from '../testing/fixture.ts';

const start = 'mutation ($channelId: ID!) { startTyping(input: { channelId: $channelId }) { channelId expiresAt } }';
const typing = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Channel { typing { id } } } }';

describe.each(backends)('typing on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;
  const [ada, can, eve] = [newId(), newId(), newId()];

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
  });
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const whoTypes = async (channelId: string, viewer: string): Promise<string[]> => {
    const { _entities } = await messenger.data(typing, { r: [{ __typename: 'Channel', id: channelId }] }, viewer);
    return _entities[0].typing.map(({ id }: { id: string }) => id);
  };

  test('is announced once however often it is said, and shown to others', async () => {
    const channelId = messenger.town.channel([ada, can]);
    const heard = await messenger.record(`channel:${channelId}`);
    const answers = [];
    for (let index = 0; index < 5; index++) answers.push((await messenger.data(start, { channelId }, ada)).startTyping);
    const [first] = answers;
    expect(first).toEqual({ channelId, expiresAt: expect.stringMatching(/Z$/) });
    expect(answers).toEqual(answers.map(() => first));
    await messenger.data(start, { channelId }, can);
    await expect.poll(() => heard.map(({ payload }) => payload.userId)).toEqual([ada, can]);
    expect(heard[0]).toMatchObject({ type: 'typing.started', payload: { channelId, expiresAt: first.expiresAt } });
    expect(await whoTypes(channelId, ada)).toEqual([can]);
    expect(await whoTypes(channelId, can)).toEqual([ada]);
  });

  test('what other processes announce is shown until it runs out', async () => {
    const channelId = messenger.town.channel([ada, can]);
    const until = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
    await messenger.publish(events.typingStarted({ channelId, userId: eve, expiresAt: until(60_000) }));
    await messenger.publish(events.typingStarted({ channelId, userId: can, expiresAt: until(-1) }));
    expect(await whoTypes(channelId, ada)).toEqual([eve]);
  });

  test('ends with the message', async () => {
    const channelId = messenger.town.channel([ada, can]);
    const heard = await messenger.record(`channel:${channelId}`);
    await messenger.data(start, { channelId }, ada);
    await expect.poll(() => heard).toHaveLength(1);
    expect(await whoTypes(channelId, can)).toEqual([ada]);
    await messenger.send(channelId, ada, 'done');
    expect(await whoTypes(channelId, can)).toEqual([]);
    await messenger.data(start, { channelId }, ada);
    await expect
      .poll(() => heard.map(({ type }) => type))
      .toEqual(['typing.started', 'message.created', 'typing.started']);
  });

  test('is for those who may write', async () => {
    const channelId = messenger.town.channel([ada]);
    messenger.town.allow(channelId, can, { read: true });
    expect(await messenger.refusal(start, { channelId }, can)).toBe('FORBIDDEN Channel');
    expect(await messenger.refusal(start, { channelId }, eve)).toBe('FORBIDDEN Channel');
    expect(await messenger.refusal(start, { channelId: newId() }, ada)).toBe('NOT_FOUND Channel');
    expect(await messenger.refusal(start, { channelId })).toBe('UNAUTHENTICATED');
    expect(await whoTypes(channelId, can)).toEqual([]);
  });
});
