import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCommunity, told } from '../testing/community.ts';

const fields = 'created channel { id type name topic position server { id } recipients { id } viewerPermissions }';
const read = 'query ($id: ID!) { channel(id: $id) { recipients { id } viewerPermissions } }';

describe.each(backends)('direct channels on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  it('is the same for both people, and made once', async () => {
    const [one, other] = [newId(), newId()];
    const events = await community.record('none', one, other);
    const first = await community.change(one, 'openDirectChannel', { recipientId: other }, fields);
    expect(first).toMatchObject({
      created: true,
      channel: { type: 'DIRECT', name: null, topic: null, position: 0, server: null, viewerPermissions: '3' },
    });
    expect(first.channel.recipients.map(({ id }: { id: string }) => id).sort()).toEqual([one, other].sort());
    const again = await community.change(other, 'openDirectChannel', { recipientId: one }, fields);
    expect(again).toEqual({ ...first, created: false });
    const channelId = first.channel.id;
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'direct-channel.opened', channelId, recipientIds: [one, other] },
        { type: 'access.changed', userIds: [one, other], serverId: null },
      ]);
    expect(events.map(({ topics }) => topics)).toEqual([
      [`user:${one}`, `user:${other}`, 'memberships'],
      ['access', `access:user:${one}`, `access:user:${other}`],
    ]);
  });

  it('is made once where both open it at once, many times', async () => {
    const [one, other] = [newId(), newId()];
    const events = await community.record('none', one, other);
    const opened = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? community.change(one, 'openDirectChannel', { recipientId: other }, 'created channel { id }')
          : community.change(other, 'openDirectChannel', { recipientId: one }, 'created channel { id }'),
      ),
    );
    expect(new Set(opened.map(({ channel }) => channel.id)).size).toBe(1);
    expect(opened.filter(({ created }) => created)).toHaveLength(1);
    await expect.poll(() => events.filter(({ type }) => type === 'direct-channel.opened')).toHaveLength(1);
  });

  it('is opened with only so many strangers in an hour, and always with those one knows', {
    timeout: 30_000,
  }, async () => {
    const [one, known] = [newId(), newId()];
    const open = async (recipientId: string) =>
      (await community.change(one, 'openDirectChannel', { recipientId }, 'created')).created;
    expect(await open(known)).toBe(true);
    for (let count = 1; count < 200; count += 1) await open(newId());
    expect(await community.refused(one, 'openDirectChannel', { recipientId: newId() })).toBe('RATE_LIMITED');
    expect(await open(known)).toBe(false);
    expect((await community.change(known, 'openDirectChannel', { recipientId: newId() }, 'created')).created).toBe(
      true,
    );
  });

  it('is for the two alone', async () => {
    const { id, one, other } = await community.direct();
    for (const person of [one, other])
      expect((await community.run(read, { id }, person)).channel.viewerPermissions).toBe('3');
    expect(await community.fail(read, { id }, newId())).toBe('FORBIDDEN Channel');
    expect(await community.fail(read, { id })).toBe('UNAUTHENTICATED');
    for (const mutation of ['updateChannel', 'deleteChannel'])
      for (const person of [one, newId()])
        expect(await community.refused(person, mutation, { channelId: id })).toBe('FORBIDDEN Channel');
  });

  it('takes another person whose account is open', async () => {
    const [one, unknown, closed] = [newId(), newId(), newId()];
    community.unknown.add(unknown);
    community.closed.add(closed);
    const refused = (recipientId: string, as?: string) => community.refused(as, 'openDirectChannel', { recipientId });
    expect(await refused(unknown, one)).toBe('NOT_FOUND User');
    expect(await refused(closed, one)).toBe('NOT_FOUND User');
    expect(await refused('somebody', one)).toBe('NOT_FOUND User');
    expect(await refused(one, one)).toBe('VALIDATION_FAILED recipientId');
    expect(await refused(one)).toBe('UNAUTHENTICATED');
  });
});
