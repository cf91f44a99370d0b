import { expect, test } from 'vitest';
import type { Live } from '../../client/graphql.ts';
import { MessageCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';

/** What one graph over three subgraphs promises. */
export function graph(place: Place): void {
  test('an event brings fields of every subgraph', async () => {
    const { owner, member, channel_id: channelId, messages, server_id } = await place.channel();
    const live = await place.live(
      member,
      /* GraphQL */ `subscription Hydrated($channelId: ID!) {
        messageCreated(channelId: $channelId) {
          content
          author { username displayName }
          channel { name server { id name owner { username } } }
        }
      }`,
      { channelId },
      1,
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
    const document = /* GraphQL */ `subscription Private($channelId: ID!) {
      messageCreated(channelId: $channelId) { id author { username email } }
    }`;
    type Data = { messageCreated: { id: string; author: { username: string; email: string | null } } };
    const ownerLive = await place.live<Data>(owner, document, { channelId });
    const memberLive = await place.live<Data>(member, document, { channelId });
    const ownerAgain = await place.live<Data>(owner, document, { channelId });
    for (const author of [owner, member, owner, member])
      await author.rest.post(messages, { content: 'whose is it?' }, MessageCreated);
    const emails = async (live: Live<Data>) =>
      (await live.atLeast(4)).map((event) => event.messageCreated.author.email);
    expect(await emails(ownerLive)).toEqual([owner.email, null, owner.email, null]);
    expect(await emails(memberLive)).toEqual([null, member.email, null, member.email]);
    expect(await emails(ownerAgain)).toEqual([owner.email, null, owner.email, null]);
  });
}
