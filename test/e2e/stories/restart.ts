import { expect, test } from 'vitest';
import { MessageCreated } from '../../client/shapes.ts';
import { op } from '../../client/socket.ts';
import type { Place } from '../../place.ts';
import { type MessageCreatedData, messageCreated } from './operations.ts';

/** Services that go and come back while people are connected. */
export function restart(place: Place): void {
  test.each([
    ['messaging', 'kill'],
    ['messaging', 'stop'],
    ['community', 'kill'],
    ['identity', 'stop'],
  ] as const)('%s may go (%s) and come back, and no event is lost', async (name, how) => {
    const { owner, member, channel_id: channelId, messages } = await place.channel();
    const socket = await place.connect(member, 1);
    const live = await place.live<MessageCreatedData>(member, messageCreated, { channelId }, 1);
    const send = async (content: string) => (await owner.rest.post(messages, { content }, MessageCreated)).message.id;
    const ids = [await send('before'), await send('just before')];

    const service = place.installation.services.get(name);
    await service?.[how]();
    expect(service?.running).toBe(false);
    await service?.start();
    ids.push(await send('after'), await send('well after'));

    await socket.heard(op.MESSAGE_CREATE, { message_id: ids.at(-1) as string });
    expect(socket.all(op.MESSAGE_CREATE).map(({ d }) => d.message_id)).toEqual(ids);
    expect((await live.atLeast(ids.length)).map((event) => event.messageCreated.id)).toEqual(ids);
  });

  test('while messaging is away, a screen has everything else', async () => {
    const { owner, server_id: serverId, channel_id: channelId } = await place.channel();
    const service = place.installation.services.get('messaging');
    await service?.stop();
    const { data, errors } = await place.graph(owner).send(
      `query S($serverId: ID!) {
        viewer { presence { status } servers { edges { node { name channels { id unreadCount lastMessage { id } } } } } }
        server(id: $serverId) { members { edges { node { user { username presence { status } } } } } presences { status } }
      }`,
      { serverId },
    );
    await service?.start();
    expect(data).toMatchObject({
      viewer: {
        presence: null,
        servers: { edges: [{ node: { name: 'Köprü', channels: [{ id: channelId, unreadCount: null }] } }] },
      },
      server: {
        members: { edges: [{ node: { user: { username: owner.username, presence: null } } }, expect.anything()] },
        presences: null,
      },
    });
    expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(new Set(['UNAVAILABLE']));
  });
}
