import { expect, test } from 'vitest';
import type { Live } from '../../client/graphql.ts';
import { unique } from '../../client/person.ts';
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
          member { nickname color user { username } }
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
          member: { nickname: null, color: null, user: { username: owner.username } },
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

  test('whoever signs in reads what is theirs in the same operation, from every subgraph', async () => {
    const username = unique('somebody');
    const account = { username, email: `${username}@example.com`, password: 'correct horse battery' };
    const theirs = /* GraphQL */ `accessToken user {
      id email sessions { current }
      servers { edges { node { name viewerPermissions owner { email } } } }
      presence { status }
    }`;
    type User = { id: string; email: string; sessions: { current: boolean }[]; servers: unknown; presence: unknown };
    type Data = Record<string, { accessToken: string; user: User }>;
    const registered = await place
      .graph()
      .run<Data>(`mutation R($input: RegisterInput!) { register(input: $input) { ${theirs} } }`, { input: account });
    expect(registered.register?.user).toMatchObject({ email: account.email, servers: { edges: [] } });

    const { owner } = await place.channel();
    const first = { login: owner.username, password: owner.password };
    const second = { login: account.email, password: account.password };
    const both = `mutation L($first: LoginInput!, $second: LoginInput!) {
      first: login(input: $first) { ${theirs} } second: login(input: $second) { ${theirs} }
    }`;
    const signedIn = await place.graph().run<Data>(both, { first, second });
    expect(signedIn.first?.user.servers).toEqual({
      edges: [{ node: { name: 'Köprü', viewerPermissions: expect.any(String), owner: { email: owner.email } } }],
    });
    expect(signedIn.second?.user).toMatchObject({ email: account.email, servers: { edges: [] } });
    expect(signedIn.second?.user.sessions).toContainEqual({ current: true });

    const after = `mutation A($second: LoginInput!) { login(input: $second) { user { id } } createServer(input: { name: "x" }) { server { id } } }`;
    expect(await place.graph().send(after, { second })).toMatchObject({
      errors: [{ path: ['createServer'], extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
}
