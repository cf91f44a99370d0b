import { expect, test } from 'vitest';
import { MessageCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';
import { history, type MessageCreatedData, messageCreated, sendMessage } from './operations.ts';

/** What one graph over three subgraphs promises. */
export function graph(place: Place): void {
  test('an event brings fields of every subgraph', async () => {
    const { owner, member, channel_id: channelId, messages, server_id } = await place.channel();
    const resume = await place.graph(member).cursor();
    const live = place.live(member, 1).subscribe(
      /* GraphQL */ `subscription Hydrated($channelId: ID!) {
        messageCreated(channelId: $channelId) {
          content
          author { username displayName }
          channel { name server { id name owner { username } } }
        }
      }`,
      { variables: { channelId }, resume },
    );
    await owner.rest.post(messages, { content: 'hydrated' }, MessageCreated);
    expect(await live.atLeast(1)).toEqual([
      {
        messageCreated: {
          content: 'hydrated',
          author: { username: owner.username, displayName: owner.username },
          channel: { name: 'general', server: { id: server_id, name: 'Köprü', owner: { username: owner.username } } },
        },
      },
    ]);
  });

  test('of one event, each viewer sees only what is theirs', async () => {
    const { owner, member, channel_id: channelId, messages } = await place.channel();
    const resume = await place.graph(member).cursor();
    const document = /* GraphQL */ `subscription Private($channelId: ID!) {
      messageCreated(channelId: $channelId) { id author { username email } }
    }`;
    type Data = { messageCreated: { id: string; author: { username: string; email: string | null } } };
    const options = { variables: { channelId }, resume };
    const [ownerLive, memberLive, ownerAgain] = [owner, member, owner].map((person) =>
      place.live(person, 0).subscribe<Data>(document, options),
    );
    for (const author of [owner, member, owner, member])
      await author.rest.post(messages, { content: 'whose is it?' }, MessageCreated);
    const emails = async (live: typeof ownerLive) =>
      (await live?.atLeast(4))?.map((event) => event.messageCreated.author.email);
    expect(await emails(ownerLive)).toEqual([owner.email, null, owner.email, null]);
    expect(await emails(memberLive)).toEqual([null, member.email, null, member.email]);
    expect(await emails(ownerAgain)).toEqual([owner.email, null, owner.email, null]);
  });

  test('a subscription goes on at another router, from its cursor, without gap or repetition', async () => {
    const { owner, member, channel_id: channelId } = await place.channel();
    const send = async (content: string) => (await sendMessage(place.graph(owner), { channelId, content })).id;
    const resume = await place.graph(member, 0).cursor();
    const first = place.live(member, 0);
    const live = first.subscribe<MessageCreatedData>(messageCreated, { variables: { channelId }, resume });
    const heard = [await send('one'), await send('two')];
    await live.atLeast(2);
    const cursor = live.inbox.items.at(-1)?.extensions?.cursor ?? '';
    await first[Symbol.asyncDispose]();
    heard.push(await send('three, unheard'), await send('four, unheard'));
    const second = place.live(member, 1).subscribe<MessageCreatedData>(messageCreated, {
      variables: { channelId },
      resume: cursor,
    });
    heard.push(await send('five'));
    const ids = [...live.data, ...(await second.atLeast(3))].map((event) => event.messageCreated.id);
    expect(ids).toEqual(heard);
    expect(await history(place.graph(member), channelId)).toEqual(heard);
  });
}
