import { expect, test } from 'vitest';
import type { Live } from '../../client/graphql.ts';
import type { Person } from '../../client/person.ts';
import { DirectChannelOpened, MessageCreated } from '../../client/shapes.ts';
import type { Place } from '../../place.ts';
import { mutate } from '../stories/operations.ts';

/** What subscriptions may ask of an event that others hear too, where the answer differs. `$c` is the channel, `$s` its server. */
const asking: readonly string[] = [
  'messageCreated(channelId: $c) { content author { username email sessions { id address } } }',
  'messageCreated(channelId: $c) { content author { username displayName: email } }',
  'messageCreated(channelId: $c) { ...M } } fragment M on Message { author { ... on User { ...U } } } fragment U on User { email',
  'messageCreated(channelId: $c) { content author { username email @include(if: $yes) } }',
  'messageCreated(channelId: $c) { content author @skip(if: $yes) { email } other: author { email } }',
  'messageCreated(channelId: $c) { author { servers { edges { node { id } } } directChannels { edges { node { lastMessage { content } } } } } }',
  'messageCreated(channelId: $c) { channel { unreadCount viewerPermissions server { viewerPermissions viewerMember { user { username } } } } }',
  'messageCreated(channelId: $c) { channel { server { invites { code } bans { edges { node { reason } } } } } }',
  'messageCreated(channelId: $c) { channel { server { members { edges { node { user { username email } } } } } } }',
  'channelEvents(channelId: $c) { ... on MessageCreated { message { replyTo { author { email } } author { email } } } }',
  'viewerEvents { __typename ... on MessageCreated { message { content author { email } channel { unreadCount } } } ... on ReadStateChanged { channel { unreadCount } lastReadMessageId } ... on ServerUpdated { server { name invites { code } viewerPermissions } } }',
  'serverEvents(serverId: $s) { ... on ServerUpdated { server { viewerPermissions viewerMember { user { email } } } } }',
  'viewerServerEvents { ... on ServerUpdated { server { viewerPermissions owner { email sessions { id } } } } }',
];

/** One execution for many who listen, and what each of them may see. */
export function sharing(place: Place): void {
  test('of what is private to one, another who listens to the same hears nothing', async () => {
    const { owner, member, server_id: s, channel_id: c, messages } = await place.channel();
    const { dm_channel } = await owner.rest.post(`/users/${member.id}/dm-channels`, undefined, DirectChannelOpened);
    const friend = await place.person('friend');
    const other = await owner.rest.post(`/users/${friend.id}/dm-channels`, undefined, DirectChannelOpened);
    const { invite } = (
      await place
        .graph(owner)
        .run<{ createInvite: { invite: { code: string } } }>(
          'mutation ($input: CreateInviteInput!) { createInvite(input: $input) { invite { code } } }',
          { input: { serverId: s } },
        )
    ).createInvite;

    const listen = async (person: Person) => {
      const socket = place.socket(person, person === owner ? 0 : 1);
      const lives: Live<unknown>[] = [];
      for (const selection of asking) {
        const used = ['c: ID!', 's: ID!', 'yes: Boolean!'].filter((name) =>
          selection.includes(`$${name.split(':')[0]}`),
        );
        const declared = used.map((name) => `$${name}`).join(', ');
        const query = `subscription ${declared && `(${declared})`} { ${selection} }`;
        lives.push(await socket.subscribe(query, { c, s, yes: true }));
      }
      return lives;
    };
    const lives = [
      { person: owner, lives: await listen(owner) },
      { person: member, lives: await listen(member) },
    ];
    // Twice: the first shows that it is private, the second comes when that is known.
    for (const round of ['first', 'second']) {
      for (const author of [owner, member]) await author.rest.post(messages, { content: round }, MessageCreated);
      await owner.rest.post(`/channels/${other.dm_channel.id}/messages`, { content: 'a letter' }, MessageCreated);
      await mutate(
        place.graph(owner),
        'updateServer',
        'UpdateServerInput',
        { serverId: s, name: round },
        'server { id }',
      );
      await owner.rest.post(`/channels/${dm_channel.id}/messages`, { content: `end of ${round}` }, MessageCreated);
    }
    for (const { lives: of } of lives)
      await Promise.all(
        of.map((live, index) => live.inbox.atLeast(asking[index]?.includes('erverEvents') ? 2 : 4, 'events')),
      );
    const heard = (person: Person) =>
      lives
        .filter((one) => one.person === person)
        .flatMap(({ lives }) => lives.map(({ inbox }) => JSON.stringify(inbox.items)))
        .join('\n');

    expect(heard(owner)).toContain(owner.email);
    expect(heard(owner)).toContain(invite.code);
    expect(heard(owner)).toContain('"viewerPermissions":"1023"');
    expect(heard(member)).toContain(member.email);
    for (const secret of [owner.email, friend.email, invite.code, 'a letter', '"viewerPermissions":"1023"'])
      expect(heard(member)).not.toContain(secret);
    for (const secret of [member.email, '"viewerPermissions":"11"']) expect(heard(owner)).not.toContain(secret);
    for (const person of [owner, member]) expect(heard(person)).not.toMatch(/INTERNAL|VIEWER_REQUIRED/);
  });
}
