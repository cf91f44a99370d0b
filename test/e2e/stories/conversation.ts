import { expect, test } from 'vitest';
import type { Person } from '../../client/person.ts';
import { DirectChannelOpened, DirectChannels, MessageCreated, Messages } from '../../client/shapes.ts';
import { type ChatSocket, op } from '../../client/socket.ts';
import type { Place } from '../../place.ts';
import {
  type ChannelEventsData,
  channelEvents,
  history,
  type MessageCreatedData,
  messageCreated,
  sendMessage,
  type ViewerEventsData,
  viewerEvents,
} from './operations.ts';

const idsOf = (socket: ChatSocket, channelId: string): unknown[] =>
  socket.all(op.MESSAGE_CREATE).flatMap(({ d }) => (d.channel_id === channelId ? [d.message_id] : []));

/** People who talk in several dialects at once. */
export function conversation(place: Place): void {
  test('two people talk over REST, GraphQL and sockets; each sees everything once, in one order', async () => {
    const { owner: ayse, member: mehmet, channel_id: channelId, messages } = await place.channel();
    const [ayseSocket, mehmetSocket] = [await place.connect(ayse, 0), await place.connect(mehmet, 1)];
    const ayseLive = await place.live<MessageCreatedData>(ayse, messageCreated, { channelId }, 0);
    const mehmetLive = await place.live<ChannelEventsData>(mehmet, channelEvents, { channelId }, 1);
    const mehmetFeed = await place.live<ViewerEventsData>(mehmet, viewerEvents, {}, 0);

    const byRest = async (person: Person, at: number, content: string) =>
      (await person.rest.at(place.restAt(at).url).post(messages, { content }, MessageCreated)).message.id;
    const byGraph = async (person: Person, at: number, content: string) =>
      (await sendMessage(place.graph(person, at), { channelId, content })).id;
    const inTurn = [
      await byRest(ayse, 0, 'Merhaba!'),
      await byGraph(mehmet, 1, 'Merhaba Ayşe!'),
      await byRest(mehmet, 1, 'over REST now'),
      await byGraph(ayse, 0, 'and over GraphQL'),
    ];
    const atOnce = await Promise.all(
      [0, 1, 2, 3, 4].flatMap((number) => [
        byRest(ayse, number, `ayse ${number} by REST`),
        byRest(mehmet, number, `mehmet ${number} by REST`),
        byGraph(ayse, number, `ayse ${number} by GraphQL`),
        byGraph(mehmet, number, `mehmet ${number} by GraphQL`),
      ]),
    );
    const last = await byRest(ayse, 1, 'the last');

    const ids = (await ayse.rest.get(`${messages}?limit=100`, Messages)).messages.map(({ id }) => id).reverse();
    expect(ids.slice(0, inTurn.length)).toEqual(inTurn);
    expect([...ids].sort()).toEqual([...inTurn, ...atOnce, last].sort());
    expect(ids, 'ids ascend with the order').toEqual([...ids].sort());
    for (const [person, at] of [
      [ayse, 1],
      [mehmet, 0],
    ] as const)
      expect(await history(place.graph(person, at), channelId)).toEqual(ids);

    for (const socket of [ayseSocket, mehmetSocket]) {
      await socket.heard(op.MESSAGE_CREATE, { message_id: last });
      expect(idsOf(socket, channelId)).toEqual(ids);
    }
    expect((await ayseLive.atLeast(ids.length)).map((event) => event.messageCreated.id)).toEqual(ids);
    expect(
      (await mehmetLive.atLeast(ids.length)).map(({ channelEvents: event }) => 'message' in event && event.message.id),
    ).toEqual(ids);
    expect(
      (await mehmetFeed.atLeast(ids.length)).flatMap(({ viewerEvents: { message } }) => message?.id ?? []),
    ).toEqual(ids);
  });

  test('a direct channel opens live and carries messages both ways', async () => {
    const [ayse, mehmet] = [await place.person('ayse', 0), await place.person('mehmet', 1)];
    const [ayseSocket, mehmetSocket] = [await place.connect(ayse, 0), await place.connect(mehmet, 1)];
    const feed = await place.live<ViewerEventsData>(mehmet, viewerEvents, {}, 1);

    const { dm_channel } = await ayse.rest.post(`/users/${mehmet.id}/dm-channels`, undefined, DirectChannelOpened);
    const messages = `/channels/${dm_channel.id}/messages`;
    const first = (await ayse.rest.post(messages, { content: 'to Mehmet' }, MessageCreated)).message.id;
    const second = (await sendMessage(place.graph(mehmet, 1), { channelId: dm_channel.id, content: 'to Ayşe' })).id;
    for (const socket of [ayseSocket, mehmetSocket]) {
      await socket.heard(op.MESSAGE_CREATE, { message_id: second });
      expect(idsOf(socket, dm_channel.id)).toEqual([first, second]);
    }
    await feed.heard('second message', ({ viewerEvents: { message } }) => message?.id === second);
    expect(feed.data.map(({ viewerEvents: { __typename } }) => __typename)).toEqual(
      expect.arrayContaining(['DirectChannelOpened', 'MessageCreated']),
    );
    expect(feed.data.flatMap(({ viewerEvents: { message } }) => message?.id ?? [])).toEqual([first, second]);
    const { dm_channels } = await mehmet.rest.get(`/users/${mehmet.id}/dm-channels`, DirectChannels);
    expect(dm_channels.map(({ id }) => id)).toEqual([dm_channel.id]);
  });

  test('a nonce sends once, whichever dialect repeats it', async () => {
    const { owner, member, channel_id: channelId, messages } = await place.channel();
    const socket = await place.connect(member, 1);
    const nonce = 'one and the same';
    const { message } = await owner.rest.post(messages, { content: 'once', nonce }, MessageCreated);
    for (const at of [0, 1])
      expect((await sendMessage(place.graph(owner, at), { channelId, content: 'again', nonce })).id).toBe(message.id);
    const again = await owner.rest.at(place.restAt(1).url).post(messages, { content: 'again', nonce }, MessageCreated);
    expect(again.message.id).toBe(message.id);
    const { id: last } = await sendMessage(place.graph(owner), { channelId, content: 'the last' });
    await socket.heard(op.MESSAGE_CREATE, { message_id: last });
    expect(idsOf(socket, channelId)).toEqual([message.id, last]);
    expect(await history(place.graph(member), channelId)).toEqual([message.id, last]);
  });
}
