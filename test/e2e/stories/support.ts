import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newAgent } from '../../client/agent.ts';
import type { Live } from '../../client/graphql.ts';
import type { Person } from '../../client/person.ts';
import { MessageCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';
import { mutate } from './operations.ts';

const threadEvents = /* GraphQL */ `subscription ThreadEvents($threadId: ID!) {
  supportThreadEvents(threadId: $threadId) {
    __typename
    ... on SupportMessageCreated { message { id text sender author { username } } }
  }
}`;
const inboxEvents = /* GraphQL */ `subscription InboxEvents {
  supportInbox {
    __typename
    ... on SupportThreadStarted { thread { id displayName account { id } } }
    ... on SupportMessageCreated { threadId message { id text sender author { id } } thread { unreadCount } }
    ... on AllThreadsCleared { count }
  }
}`;
const openThread = /* GraphQL */ `query OpenThread($id: ID!) {
  supportThread(id: $id) {
    displayName
    messages { edges { node { text sender } } }
    notes { text }
    sharedAccount { servers { name memberCount } credits { amount } }
    account {
      username displayName
      supportThreads { edges { node { id } } }
      servers { edges { node { name } } }
      credits { amount }
      dreams { edges { node { title } } }
    }
  }
}`;

interface Event {
  readonly __typename: string;
  readonly threadId?: string;
  readonly thread?: {
    readonly id?: string;
    readonly unreadCount?: number;
    readonly account?: { readonly id: string } | null;
  };
  readonly message?: { readonly id: string; readonly text: string; readonly author: { readonly id: string } | null };
}
type ThreadData = { readonly supportThreadEvents: Event };
type InboxData = { readonly supportInbox: Event };

/** The support chat: visitors, agents, and what only one graph can do for them. */
export function support(place: Place): void {
  describe('the support chat', () => {
    let agent: Person;
    beforeAll(async () => {
      agent = await newAgent(place.installation.graphql[0], place.rest);
    });

    /** A thread of somebody's, or of a visitor who is nobody. */
    async function start(person?: Person, at = 0): Promise<string> {
      const { startSupportThread } = await place
        .graph(person, at)
        .run<{ startSupportThread: { thread: { id: string } } }>(
          'mutation Start($name: String!) { startSupportThread(input: { displayName: $name }) { thread { id } } }',
          { name: person?.username ?? 'Visitor' },
        );
      return startSupportThread.thread.id;
    }
    const send = (threadId: string, text: string, person?: Person, at = 0) =>
      mutate(
        place.graph(person, at),
        'sendSupportMessage',
        'SendSupportMessageInput',
        { threadId, text },
        'message { id }',
      );
    /** What a visitor hears, who shows nothing but the id of their thread. */
    function visitorHears(threadId: string, at = 0): Promise<Live<ThreadData>> {
      const socket = place.graph(undefined, at).connect('the visitor');
      onTestFinished(() => socket[Symbol.asyncDispose]());
      return socket.subscribe<ThreadData>(threadEvents, { threadId });
    }
    const isText = (text: string) => (event: Event) => event.message?.text === text;
    const texts = (events: readonly Event[]) => events.flatMap(({ message }) => message?.text ?? []);

    test('a visitor without an account and an agent talk, live, over different processes', async () => {
      const inbox = await place.live<InboxData>(agent, inboxEvents, {}, 0);
      const threadId = await start(undefined, 1);
      const visitor = await visitorHears(threadId, 1);
      await inbox.heard('the thread', ({ supportInbox: { thread } }) => thread?.id === threadId);
      for (const text of ['Hello?', 'Anybody?']) await send(threadId, text, undefined, 1);
      const question = await inbox.heard('a question', ({ supportInbox }) => isText('Anybody?')(supportInbox));
      expect(question.supportInbox.thread?.unreadCount).toBe(2);
      await send(threadId, 'Here I am.', agent, 0);
      const { supportInbox } = await inbox.heard('the answer', ({ supportInbox }) =>
        isText('Here I am.')(supportInbox),
      );
      expect(supportInbox.message?.author).toEqual({ id: agent.id });
      await expect
        .poll(() => texts(visitor.inbox.items.flatMap(({ data }) => data?.supportThreadEvents ?? [])))
        .toEqual(['Hello?', 'Anybody?', 'Here I am.']);
      const mine = inbox.data.map((data) => data.supportInbox).filter((event) => event.threadId === threadId);
      expect(texts(mine)).toEqual(['Hello?', 'Anybody?', 'Here I am.']);
      // Who of the agents it was stays among them.
      expect(JSON.stringify(visitor.inbox.items)).not.toContain(agent.id);
    });

    test('an agent opens a thread and sees, at once, what there is to see of the account: what all see, and what its owner shows', async () => {
      const { owner, server_id: _ } = await place.channel();
      const threadId = await start(owner);
      await send(threadId, 'I lost my server.', owner);
      const note = { threadId, text: 'Knows what they want.' };
      await mutate(place.graph(agent), 'addPrivateNote', 'AddPrivateNoteInput', note, 'note { id }');
      const open = async (person: Person | undefined) => {
        const { data, errors } = await place
          .graph(person, 1)
          .send<{ supportThread: Record<string, unknown> & { account: Record<string, unknown> | null } }>(openThread, {
            id: threadId,
          });
        const refused =
          errors?.map(({ path, extensions }) => `${path?.slice(1).join('.')} ${extensions?.code}`).sort() ?? [];
        return { thread: data?.supportThread, refused };
      };
      const before = await open(agent);
      expect(before.thread).toMatchObject({
        displayName: owner.username,
        messages: { edges: [{ node: { text: 'I lost my server.', sender: 'VISITOR' } }] },
        notes: [{ text: 'Knows what they want.' }],
        sharedAccount: null,
        account: {
          username: owner.username,
          supportThreads: { edges: [{ node: { id: threadId } }] },
          servers: null,
          credits: null,
          dreams: null,
        },
      });
      expect(before.refused).toEqual([
        'account.credits FORBIDDEN',
        'account.dreams FORBIDDEN',
        'account.servers FORBIDDEN',
      ]);

      const show = { threadId, servers: true, credits: true };
      await mutate(place.graph(owner, 1), 'shareAccount', 'ShareAccountInput', show, 'thread { id }');
      const after = await open(agent);
      expect(after.thread?.sharedAccount).toEqual({
        servers: [{ name: 'Köprü', memberCount: 2 }],
        credits: { amount: expect.any(Number) },
      });
      expect(after.refused).toEqual(before.refused);

      const stranger = await open(await place.person('stranger'));
      expect(stranger.thread).toMatchObject({
        displayName: owner.username,
        notes: null,
        sharedAccount: null,
        account: null,
      });
      expect(stranger.refused).toEqual(['account FORBIDDEN', 'notes FORBIDDEN', 'sharedAccount FORBIDDEN']);
    });

    test('a message of a channel becomes a thread, for who may read it; the agents read what was said around it', async () => {
      const { owner, member, channel_id: channelId, messages } = await place.channel();
      const said: string[] = [];
      for (const [person, content] of [
        [owner, 'Who broke it?'],
        [member, 'You did.'],
        [owner, 'Never!'],
      ] as const)
        said.push((await person.rest.post(messages, { content }, MessageCreated)).message.id);
      const escalate = /* GraphQL */ `mutation Escalate($id: ID!) {
        escalateMessage(input: { messageId: $id }) { thread { id escalation { kind sourceId } } }
      }`;
      const stranger = await place.person('stranger');
      for (const person of [stranger, agent]) {
        const { errors } = await place.graph(person).send(escalate, { id: said[1] });
        expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', resource: 'Message' } }]);
      }
      type Escalated = { escalateMessage: { thread: { id: string; escalation: object } } };
      const { escalateMessage } = await place.graph(member, 1).run<Escalated>(escalate, { id: said[1] });
      expect(escalateMessage.thread.escalation).toEqual({ kind: 'MESSAGE', sourceId: said[1] });
      const { supportThread } = await place
        .graph(agent)
        .run<{ supportThread: { messages: { edges: { node: { text: string } }[] } } }>(
          'query T($id: ID!) { supportThread(id: $id) { messages { edges { node { text } } } } }',
          { id: escalateMessage.thread.id },
        );
      const lines = supportThread.messages.edges.map(({ node }) => node.text.replace(/, \d.* UTC/, ''));
      expect(lines).toEqual([
        '#general, Köprü',
        `${owner.username}\nWho broke it?`,
        `${member.username}\nYou did.`,
        `${owner.username}\nNever!`,
      ]);
      // The channel itself stays closed to them.
      const { errors } = await place
        .graph(agent)
        .send('query C($id: ID!) { channel(id: $id) { name } }', { id: channelId });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    });

    test('a dream becomes a thread for its author alone', async () => {
      const [author, stranger] = [await place.person('author'), await place.person('stranger')];
      const { createDream } = await place
        .graph(author)
        .run<{ createDream: { dream: { id: string } } }>(
          /* GraphQL */ `mutation Dream($input: CreateDreamInput!) { createDream(input: $input) { dream { id } } }`,
          { input: { title: 'A bridge', message: 'I stood on a bridge.' } },
        );
      const escalate = /* GraphQL */ `mutation Escalate($id: ID!) {
        escalateDream(input: { dreamId: $id }) { thread { id messages { edges { node { text } } } } }
      }`;
      const variables = { id: createDream.dream.id };
      for (const person of [stranger, agent]) {
        const { errors } = await place.graph(person).send(escalate, variables);
        expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', resource: 'Dream' } }]);
      }
      type Escalated = { escalateDream: { thread: { id: string; messages: { edges: { node: { text: string } }[] } } } };
      const { escalateDream } = await place.graph(author, 1).run<Escalated>(escalate, variables);
      const [title, mine] = escalateDream.thread.messages.edges.map(({ node }) => node.text);
      expect([title, mine?.split('\n')[1]]).toEqual(['A bridge', 'I stood on a bridge.']);
      const { errors } = await place.graph(agent).send('query D($id: ID!) { dream(id: $id) { title } }', variables);
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    });

    test('when all threads are cleared, who listens to one is told that it is gone', async () => {
      const threadId = await start();
      const visitor = await visitorHears(threadId, 1);
      const inbox = await place.live<InboxData>(agent, inboxEvents, {}, 1);
      await place.graph(agent).run('mutation Clear { clearAllThreads { count } }');
      await inbox.heard('the end', ({ supportInbox }) => supportInbox.__typename === 'AllThreadsCleared');
      expect(await visitor.ended).toMatchObject([{ extensions: { code: 'NOT_FOUND', resource: 'SupportThread' } }]);
    });

    test('an agent whose session ends hears nothing more', async () => {
      const { token } = agent;
      const inbox = await place.live<InboxData>(agent, inboxEvents, {}, 1);
      await place.graph(agent).run('mutation Leave { logout { revokedSessionIds } }');
      await inbox.ended;
      const before = inbox.inbox.items.length;
      const threadId = await start();
      await send(threadId, 'Anybody?');
      expect(inbox.inbox.items).toHaveLength(before);
      await expect
        .poll(async () => {
          const { errors } = await place.graph({ ...agent, token }, 1).send('{ supportThreads { edges { cursor } } }');
          return errors?.[0]?.extensions?.code;
        })
        .toBe('UNAUTHENTICATED');
    });
  });
}
