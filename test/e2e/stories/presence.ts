import { expect, test } from 'vitest';
import type { Person } from '../../client/person.ts';
import { op } from '../../client/socket.ts';
import type { Place } from '../../place.ts';
import { type ChannelEventsData, channelEvents, mutate } from './operations.ts';

/** Who is there, and who is typing. */
export function presence(place: Place): void {
  test('somebody with several sockets is there until the last one closes', async () => {
    const { owner, member, server_id } = await place.channel();
    const watching = await place.connect(owner, 0);
    const live = await place.live<{ presenceChanged: { user: { id: string }; status: string } }>(
      owner,
      'subscription Presence($serverId: ID!) { presenceChanged(serverId: $serverId) { user { id } status } }',
      { serverId: server_id },
      1,
    );
    const statuses = () =>
      watching.all(op.PRESENCE_UPDATE).flatMap(({ d }) => (d.user_id === member.id ? [d.status] : []));

    const first = await place.connect(member, 0);
    await watching.heard(op.PRESENCE_UPDATE, { user_id: member.id, status: 'online' });
    const second = await place.connect(member, 1);
    await first.close();
    second.send(op.PRESENCE_UPDATE, { status: 'idle' });
    await watching.heard(op.PRESENCE_UPDATE, { user_id: member.id, status: 'idle' });
    expect(statuses()).toEqual(['online', 'idle']);
    expect(await statusOf(place, owner, member)).toBe('IDLE');
    await second.drop();
    await watching.heard(op.PRESENCE_UPDATE, { user_id: member.id, status: 'offline' });
    expect(statuses()).toEqual(['online', 'idle', 'offline']);
    expect(await statusOf(place, owner, member)).toBe('OFFLINE');
    await live.heard('OFFLINE', ({ presenceChanged: { status } }) => status === 'OFFLINE');
    expect(
      live.data.flatMap(({ presenceChanged: { user, status } }) => (user.id === member.id ? [status] : [])),
    ).toEqual(['ONLINE', 'IDLE', 'OFFLINE']);
  });

  test('typing crosses the dialects, and names nobody to themselves', async () => {
    const { owner, member, channel_id: channelId } = await place.channel();
    const [ownerSocket, memberSocket] = [await place.connect(owner, 0), await place.connect(member, 1)];
    const live = await place.live<ChannelEventsData>(owner, channelEvents, { channelId }, 1);

    memberSocket.send(op.TYPING_START, { channel_id: channelId });
    await ownerSocket.heard(op.TYPING_START, { channel_id: channelId });
    const { channelEvents: event } = await live.heard('TypingStarted', (data) => 'user' in data.channelEvents);
    expect(event).toEqual({ __typename: 'TypingStarted', user: { id: member.id } });
    const typing = async (person: Person, at: number) => {
      const { channel } = await place
        .graph(person, at)
        .run<{ channel: { typing: { id: string }[] } }>(
          'query Typing($channelId: ID!) { channel(id: $channelId) { typing { id } } }',
          { channelId },
        );
      return channel.typing.map(({ id }) => id);
    };
    await expect.poll(() => typing(owner, 0)).toEqual([member.id]);
    expect(await typing(member, 1)).toEqual([]);

    await mutate(place.graph(owner, 1), 'startTyping', 'StartTypingInput', { channelId }, 'channelId');
    await memberSocket.heard(op.TYPING_START, { channel_id: channelId });
    await expect.poll(() => typing(member, 1)).toEqual([owner.id]);
  });
}

async function statusOf(place: Place, viewer: Person, { id }: Person): Promise<string> {
  const { user } = await place
    .graph(viewer, 1)
    .run<{ user: { presence: { status: string } } }>('query P($id: ID!) { user(id: $id) { presence { status } } }', {
      id,
    });
  return user.presence.status;
}
