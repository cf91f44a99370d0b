import { beforeAll, describe, expect, test } from 'vitest';
import type { Place } from '../../place.ts';
import { type Private, privateThings } from './private.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly codes: readonly unknown[];
}

/** Subgraphs, spoken to by those who should speak to the router. */
export function ports(place: Place): void {
  describe('at the port of a subgraph', () => {
    let things: Private;
    beforeAll(async () => {
      things = await privateThings(place);
    });
    const id = (name: string, at = 0): string => things.ids[name]?.[at] ?? '';

    async function post(
      subgraph: string,
      body: object,
      headers: Record<string, string>,
      path = '/graphql',
    ): Promise<Answer> {
      const url = place.installation.subgraphs[subgraph]?.replace('/graphql', path) ?? '';
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: unknown } }[] };
      return { status: response.status, text, codes: errors.map(({ extensions }) => extensions?.code) };
    }

    /** What strangers may show: nothing, a token of their own, and all that services show each other, made up. */
    const headers = (): Record<string, string>[] => {
      const { token } = things.stranger;
      const forged = {
        'x-service-token': token,
        'x-act-as': 'service',
        'x-audience': JSON.stringify([`channel:${id('channelId')}`, `server:${id('serverId')}`]),
        'x-client-address': '203.0.113.7',
      };
      const own = { authorization: `Bearer ${token}` };
      return [{}, own, forged, { ...own, ...forged }];
    };

    const entity = (representation: object, selection: string) => ({
      query: `query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`,
      variables: { of: [representation] },
    });

    test.each<[string, string, () => object]>([
      ['ended sessions', 'identity', () => ({ query: '{ revokedSessions { sessionId userId } }' })],
      [
        'sessions',
        'identity',
        () => entity({ __typename: 'User', id: things.owner.id }, '... on User { email sessions { id } }'),
      ],
      [
        'access',
        'community',
        () => ({
          query: 'query ($of: [ChannelAccessInput!]!) { channelAccess(requests: $of) { recipientIds } }',
          variables: { of: [{ channelId: id('channelId', 1), userId: things.owner.id }] },
        }),
      ],
      [
        'what somebody reads',
        'community',
        () => ({ query: `{ viewerScope(userId: "${things.owner.id}") { serverIds channelIds } }` }),
      ],
      ['members', 'community', () => ({ query: `{ serverMemberIds(serverId: "${id('serverId')}") }` })],
      [
        'a server',
        'community',
        () =>
          entity(
            { __typename: 'Server', id: id('serverId') },
            '... on Server { name members { edges { node { id } } } }',
          ),
      ],
      [
        'a channel',
        'community',
        () => entity({ __typename: 'Channel', id: id('channelId', 1) }, '... on Channel { recipients { id } }'),
      ],
      [
        'servers',
        'community',
        () =>
          entity({ __typename: 'User', id: things.owner.id }, '... on User { servers { edges { node { name } } } }'),
      ],
      [
        'messages',
        'messaging',
        () =>
          entity(
            { __typename: 'Channel', id: id('channelId') },
            '... on Channel { messages { edges { node { content } } } lastMessage { content } }',
          ),
      ],
      [
        'a message',
        'messaging',
        () => entity({ __typename: 'Message', id: id('messageId') }, '... on Message { content }'),
      ],
      [
        'a dream',
        'dreams',
        () =>
          entity(
            { __typename: 'Dream', id: id('dreamId') },
            '... on Dream { title description messages { edges { node { message } } } analysis { status } }',
          ),
      ],
      [
        'what is said about a dream',
        'dreams',
        () => entity({ __typename: 'DreamMessage', id: id('dreamMessageId') }, '... on DreamMessage { message }'),
      ],
      [
        'dreams and credits',
        'dreams',
        () =>
          entity(
            { __typename: 'User', id: things.owner.id },
            '... on User { dreams { edges { node { title } } } credits { amount } lastChatAt }',
          ),
      ],
      [
        'who is there',
        'messaging',
        () => entity({ __typename: 'Server', id: id('serverId') }, '... on Server { presences { status } }'),
      ],
      ['all support threads', 'support', () => ({ query: '{ supportThreads { edges { node { id displayName } } } }' })],
      [
        'a support message',
        'support',
        () =>
          entity({ __typename: 'SupportMessage', id: id('messageId', 2) }, '... on SupportMessage { text threadId }'),
      ],
      [
        'support threads',
        'support',
        () =>
          entity(
            { __typename: 'User', id: things.owner.id },
            '... on User { supportThreads { edges { node { id lastMessage { text } } } } }',
          ),
      ],
      [
        'places for files',
        'support',
        () => ({ query: 'mutation { createUpload(input: { type: IMAGE, address: "203.0.113.7" }) { id name } }' }),
      ],
      ["somebody's threads", 'support', () => ({ query: `{ supportThreadIds(userId: "${things.owner.id}") }` })],
      ["agents' codes", 'support', () => ({ query: 'mutation { deliverAgentCode(code: "123456") }' })],
    ])('%s are not for strangers', async (_what, subgraph, body) => {
      for (const shown of headers()) {
        const { text, codes } = await post(subgraph, body(), shown);
        expect(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'], text).toContain(codes[0]);
        for (const secret of [...things.ofMembers, ...things.ofOwner]) expect(text).not.toContain(secret);
      }
    });

    test.each(['handshake', 'project'])('what services ask by /live/%s is not for strangers', async (path) => {
      const query = `subscription { messageCreated(channelId: "${id('channelId')}") { content } }`;
      for (const shown of headers()) {
        const answer = await post(
          'messaging',
          { query, event: { type: 'message.created', payload: {} } },
          shown,
          `/live/${path}`,
        );
        expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']]);
      }
    });

    test.each<[string, string, string]>([
      [
        'that follows itself for ever',
        'query ($id: ID!) { server(id: $id) { ...A } } fragment A on Server { channels { server { ...A } } }',
        'GRAPHQL_VALIDATION_FAILED',
      ],
      [
        'of a thousand names',
        `query ($id: ID!) { ${Array.from({ length: 1_000 }, (_, n) => `a${n}: server(id: $id) { id }`).join(' ')} }`,
        'GRAPHQL_PARSE_FAILED',
      ],
      [
        'of lists within lists',
        `query ($id: ID!) { server(id: $id) { ${'channels { server { '.repeat(12)} id ${'} }'.repeat(12)} } }`,
        'GRAPHQL_VALIDATION_FAILED',
      ],
    ])('a document %s ends, and the service goes on', async (_what, query, code) => {
      const { owner } = things;
      const shown = { authorization: `Bearer ${owner.token}` };
      const variables = { id: id('serverId') };
      for (let count = 0; count < 4; count += 1)
        await place
          .graph(owner)
          .send('mutation ($input: CreateChannelInput!) { createChannel(input: $input) { channel { id } } }', {
            input: { serverId: variables.id, name: `channel ${count}` },
          });
      expect((await post('community', { query, variables }, shown)).codes).toEqual([code]);
      const { text } = await post(
        'community',
        { query: 'query ($id: ID!) { server(id: $id) { id } }', variables },
        shown,
      );
      expect(JSON.parse(text)).toEqual({ data: { server: { id: variables.id } } });
    });
  });
}
