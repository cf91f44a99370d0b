import { beforeAll, describe, expect, test } from 'vitest';
import { newAgent } from '../../client/agent.ts';
import type { Person } from '../../client/person.ts';
import { DirectChannelOpened, MessageCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';
import { mutate } from './operations.ts';

const subject = /* GraphQL */ `
  __typename
  ... on Channel { id name unreadCount lastMessage { content author { username } } }
  ... on SupportThread { id displayName threadUnread: unreadCount newest: lastMessage { text } }`;
const inbox = /* GraphQL */ `query Inbox { viewer { inbox(first: 10) { edges { node { ${subject} } } } } }`;
const inboxChanged = /* GraphQL */ `subscription InboxChanged { inboxChanged { ${subject} } }`;

interface Subject {
  readonly __typename: string;
  readonly id: string;
  readonly unreadCount?: number;
  readonly threadUnread?: number;
}

/** One inbox over everything that somebody has to read. */
export function oneInbox(place: Place): void {
  describe('one inbox', () => {
    let agent: Person;
    beforeAll(async () => {
      agent = await newAgent(place.installation.graphql[0], place.rest);
    });

    async function start(person: Person): Promise<string> {
      const { startSupportThread } = await place
        .graph(person)
        .run<{ startSupportThread: { thread: { id: string } } }>(
          'mutation Start { startSupportThread(input: { displayName: "Ayşe" }) { thread { id } } }',
        );
      return startSupportThread.thread.id;
    }
    const answer = (threadId: string, text: string) =>
      mutate(place.graph(agent), 'sendSupportMessage', 'SendSupportMessageInput', { threadId, text }, 'message { id }');

    test('has what is unread in servers, direct messages and the support chat, and is empty when all is read', async () => {
      const { owner, member, channel_id: channelId, messages } = await place.channel();
      const { dm_channel } = await owner.rest.post(`/users/${member.id}/dm-channels`, undefined, DirectChannelOpened);
      const threadId = await start(owner);
      await member.rest.post(messages, { content: 'in the server' }, MessageCreated);
      await answer(threadId, 'from support');
      await member.rest.post(`/channels/${dm_channel.id}/messages`, { content: 'between us' }, MessageCreated);
      type Inbox = { viewer: { inbox: { edges: { node: Subject }[] } } };
      const read = async () =>
        (await place.graph(owner, 1).run<Inbox>(inbox)).viewer.inbox.edges.map(({ node }) => node);
      const author = { username: member.username };
      expect(await read()).toEqual([
        {
          __typename: 'Channel',
          id: dm_channel.id,
          name: null,
          unreadCount: 1,
          lastMessage: { content: 'between us', author },
        },
        {
          __typename: 'SupportThread',
          id: threadId,
          displayName: 'Ayşe',
          threadUnread: 1,
          newest: { text: 'from support' },
        },
        {
          __typename: 'Channel',
          id: channelId,
          name: 'general',
          unreadCount: 1,
          lastMessage: { content: 'in the server', author },
        },
      ]);
      for (const id of [dm_channel.id, channelId])
        await mutate(place.graph(owner), 'markRead', 'MarkReadInput', { channelId: id }, 'channel { id }');
      await mutate(
        place.graph(owner),
        'sendSupportMessage',
        'SendSupportMessageInput',
        { threadId, text: 'Thanks.' },
        'thread { id }',
      );
      expect(await read()).toEqual([]);
    });

    test('is told of each change, also in a thread that began after it was listened to', async () => {
      const { owner, member, channel_id: channelId, messages } = await place.channel();
      const live = await place.live<{ inboxChanged: Subject }>(owner, inboxChanged, {}, 1);
      const heard = (what: string, matches: (subject: Subject) => boolean) =>
        live.heard(what, ({ inboxChanged }) => matches(inboxChanged));
      await member.rest.post(messages, { content: 'in the server' }, MessageCreated);
      await heard('the channel', ({ id, unreadCount }) => id === channelId && unreadCount === 1);
      await mutate(place.graph(owner), 'markRead', 'MarkReadInput', { channelId }, 'channel { id }');
      await heard('that it is read', ({ id, unreadCount }) => id === channelId && unreadCount === 0);
      const threadId = await start(owner);
      await answer(threadId, 'from support');
      await heard('the answer', ({ id, threadUnread }) => id === threadId && threadUnread === 1);
    });
  });
}
