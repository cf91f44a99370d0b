import { expect, test } from 'vitest';
import { ChannelCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';

const oddities: Readonly<Record<string, (id: string) => string>> = {
  nothing: () => '',
  'the id and NUL': (id) => `${id}\0`,
  'the id in capitals': (id) => id.toUpperCase(),
  'the id between spaces': (id) => ` ${id} `,
  'the id in braces': (id) => `{${id}}`,
  SQL: () => "' OR '1'='1",
  'a pattern': () => '%',
  'half a character': () => '\ud800',
  'text that turns around': () => '\u202e',
  '100 KB': () => 'x'.repeat(100_000),
  'a prototype': () => '__proto__',
};
const mutations = [
  'kickMember(input: { serverId: $id, userId: $id }) { userId }',
  'assignRole(input: { serverId: $id, userId: $id, roleId: $id }) { member { id } }',
  'deleteRole(input: { roleId: $id }) { roleId }',
  'banMember(input: { serverId: $id, userId: $id, reason: $text }) { ban { reason } }',
  'updateChannel(input: { channelId: $id, topic: $text }) { channel { id } }',
  'markRead(input: { channelId: $id, messageId: $id }) { channel { id } }',
  'deleteMessage(input: { channelId: $id, messageId: $id }) { messageId }',
  'sendMessage(input: { channelId: $id, content: $text, nonce: $text, replyToId: $id }) { message { id } }',
  'startTyping(input: { channelId: $id }) { channelId }',
  'openDirectChannel(input: { recipientId: $id }) { channel { id } }',
  'joinServer(input: { code: $id }) { server { id } }',
  'revokeInvite(input: { code: $id }) { code }',
  'revokeSession(input: { sessionId: $id }) { sessionId }',
  'refreshSession(input: { refreshToken: $text }) { accessToken }',
  'login(input: { login: $text, password: $text }) { accessToken }',
  'register(input: { username: $text, email: $text, password: $text }) { accessToken }',
  'updateProfile(input: { username: $text, email: $text }) { user { id } }',
];
const queries = [
  'server(id: $id) { name }',
  'channel(id: $id) { name }',
  'message(id: $id) { content }',
  'user(id: $id) { username }',
  'users(ids: [$id, $id]) { username }',
  'invite(code: $id) { serverName }',
  'verifyToken(token: $text) { valid }',
];

/** What nobody means who means well. */
export function odd(place: Place): void {
  test('odd ids and texts find nothing, change nothing and break nothing', async () => {
    const { owner, server_id } = await place.channel();
    const graph = place.graph(owner);
    for (const [what, odd] of Object.entries(oddities)) {
      const text = odd(server_id);
      for (const [operation, fields] of [
        ['query', queries],
        ['mutation', mutations],
      ] as const)
        for (const field of fields) {
          const declared = ['id: ID!', 'text: String!'].filter((name) => field.includes(`$${name.split(':')[0]}`));
          const query = `${operation} (${declared.map((name) => `$${name}`).join(', ')}) { ${field} }`;
          const { errors = [] } = await graph.send(query, { id: text, text });
          for (const { extensions } of errors)
            expect(
              ['NOT_FOUND', 'VALIDATION_FAILED', 'UNAUTHENTICATED', 'RATE_LIMITED'],
              `${what} as ${field}`,
            ).toContain(extensions?.code);
          if (operation === 'mutation') expect(errors, `${what} as ${field}`).toHaveLength(1);
        }
    }
  });

  test('lists within lists have an end, and the service goes on', async () => {
    const { owner, server_id } = await place.channel();
    for (let count = 1; count < 12; count += 1)
      await owner.rest.post(`/servers/${server_id}/channels`, { name: `channel ${count}` }, ChannelCreated);
    const around = (times: number) =>
      `query ($id: ID!) { server(id: $id) { ${'channels { server { '.repeat(times)} id ${'} }'.repeat(times)} } }`;
    const graph = place.graph(owner);
    expect(await graph.send(around(2), { id: server_id })).not.toHaveProperty('errors');
    const { errors } = await graph.send(around(6), { id: server_id });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await graph.send(around(1), { id: server_id })).not.toHaveProperty('errors');
  });
}
