import { deepStrictEqual } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphClient } from './client/graphql.ts';
import { newPerson, type Person, unique } from './client/person.ts';
import { RestClient } from './client/rest.ts';
import { Channels, MessageCreated, Messages, Said, ServerCreated } from './client/shapes.ts';
import { ChatSocket, op } from './client/socket.ts';
import { type Installation, startEmbedded } from './env/installation.ts';

/**
 * Tells one story in every dialect, and checks each sentence of it; ends with 1 where one is not true.
 * `npm run demo` starts an installation for it; `npm run demo -- http://127.0.0.1:8000 http://127.0.0.1:4000/graphql` uses one that runs.
 */
const [legacy, graphql] = process.argv.slice(2);
try {
  if (legacy && graphql) await story(`${legacy}/api/rest`, `${legacy.replace(/^http/, 'ws')}/api/ws`, graphql);
  else await onItsOwn(({ rest, sockets, graphql }) => story(rest[0], sockets[0], graphql[0]));
  console.log('\nAll of it is so.');
} catch (error) {
  console.error('✗', error);
  process.exitCode = 1;
}

async function onItsOwn(work: (installation: Installation) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kopru-demo-'));
  try {
    await using installation = await startEmbedded({ DATA_DIR: folder, LOG_LEVEL: 'error' });
    console.log('Köprü runs, in one process with SQLite.');
    await work(installation);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function story(restUrl: string, socketUrl: string, graphqlUrl: string): Promise<void> {
  const rest = new RestClient(restUrl);
  console.log(`Older clients: ${restUrl} and ${socketUrl}. GraphQL: ${graphqlUrl}.\n`);

  const ayse = await newPerson(rest, 'ayse');
  tell('Ayşe registers over REST', ayse.username);
  const mehmet = await registerByGraphql(new GraphClient(graphqlUrl), rest);
  tell('Mehmet registers over GraphQL', mehmet.username);

  const { server_id } = await ayse.rest.post('/servers', { name: 'Galata' }, ServerCreated);
  const { channels } = await ayse.rest.get(`/servers/${server_id}/channels`, Channels);
  const channelId = channels[0]?.id ?? '';
  tell('Ayşe makes a server over REST', `Galata, with a channel ${channels[0]?.name}`);

  await using ayseSocket = await ChatSocket.connect(socketUrl, ayse.token, 'Ayşe');
  await using mehmetSocket = await ChatSocket.connect(socketUrl, mehmet.token, 'Mehmet');
  tell('Both open a WebSocket', 'op 10 CONNECTED');

  const graph = { ayse: new GraphClient(graphqlUrl, ayse.token), mehmet: new GraphClient(graphqlUrl, mehmet.token) };
  const { createInvite } = await graph.ayse.run<{ createInvite: { invite: { code: string } } }>(
    'mutation Invite($input: CreateInviteInput!) { createInvite(input: $input) { invite { code } } }',
    { input: { serverId: server_id } },
  );
  await mehmet.rest.post(`/invites/${createInvite.invite.code}`, undefined, Said);
  await ayseSocket.heard(op.SERVER_MEMBER_ADD, { server_id });
  tell('Ayşe invites Mehmet over GraphQL; he joins over REST; she hears it', 'op 30 SERVER_MEMBER_ADD');

  await using live = graph.mehmet.connect('Mehmet');
  const events = await live.subscribe<{
    messageCreated: { id: string; content: string; author: { username: string } };
  }>('subscription M($id: ID!) { messageCreated(channelId: $id) { id content author { username } } }', {
    id: channelId,
  });
  const path = `/channels/${channelId}/messages`;
  const first = await ayse.rest.post(path, { content: 'Merhaba!' }, MessageCreated);
  tell('Ayşe writes over REST', first.message.content);
  const second = await graph.mehmet.run<{ sendMessage: { message: { id: string; content: string } } }>(
    'mutation S($input: SendMessageInput!) { sendMessage(input: $input) { message { id content } } }',
    { input: { channelId, content: 'Merhaba Ayşe!' } },
  );
  tell('Mehmet answers over GraphQL', second.sendMessage.message.content);

  const ids = [first.message.id, second.sendMessage.message.id];
  const heard = await events.atLeast(2);
  for (const { messageCreated } of heard)
    console.log(`    next ▸ ${messageCreated.author.username}: ${messageCreated.content}`);
  same(
    heard.map(({ messageCreated }) => messageCreated.id),
    ids,
  );
  tell('Mehmet’s GraphQL subscription hears both, once, in order', 'messageCreated');
  for (const socket of [ayseSocket, mehmetSocket]) {
    await socket.heard(op.MESSAGE_CREATE, { message_id: ids[1] });
    same(
      socket.all(op.MESSAGE_CREATE).map(({ d }) => d.message_id),
      ids,
    );
  }
  console.log(`    op 11 ▸ ${JSON.stringify(mehmetSocket.all(op.MESSAGE_CREATE)[0]?.d)}`);
  tell('So do both WebSockets', 'op 11 MESSAGE_CREATE');
  const page = await mehmet.rest.get(path, Messages);
  same(page.messages.map(({ id }) => id).reverse(), ids);
  tell('And the history over REST has the same ids, newest first', 'GET /channels/{id}/messages');

  await ayse.rest.post('/auth/logout', undefined, Said);
  const { code } = await ayseSocket.closed;
  same((await ayse.rest.send('GET', '/auth/me')).status, 401);
  tell('Ayşe logs out: her token is void and her socket closes', `${code}`);
}

async function registerByGraphql(graph: GraphClient, rest: RestClient): Promise<Person> {
  const username = unique('mehmet');
  const input = { username, email: `${username}@example.com`, password: `correct horse ${username}` };
  const { register } = await graph.run<{
    register: { accessToken: string; refreshToken: string; user: { id: string } };
  }>('mutation R($input: RegisterInput!) { register(input: $input) { accessToken refreshToken user { id } } }', {
    input,
  });
  const { accessToken: token, refreshToken, user } = register;
  return { ...input, id: user.id, token, refreshToken, rest: rest.as(token) };
}

function tell(sentence: string, detail: string): void {
  console.log(`✓ ${sentence}: ${detail}`);
}

function same(actual: unknown, expected: unknown): void {
  deepStrictEqual(actual, expected);
}
