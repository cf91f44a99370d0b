import { describe, expect, test } from 'vitest';
import { ChannelCreated, MessageCreated, MessageFrame, Said } from '../../client/shapes.ts';
import { op } from '../../client/socket.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';

overEveryBackend((place) => {
  /** Two people in a server with a channel, each with a socket. */
  const connected = async () => {
    const world = await place.channel();
    return {
      ...world,
      ownerSocket: await place.connect(world.owner),
      memberSocket: await place.connect(world.member),
    };
  };

  describe('messages', () => {
    test('MESSAGE_CREATE has the document’s body, and reaches author and reader', async () => {
      covers('op:11');
      const { owner, messages, channel_id, ownerSocket, memberSocket } = await connected();
      const { message } = await owner.rest.post(messages, { content: 'Merhaba!' }, MessageCreated);
      for (const socket of [ownerSocket, memberSocket]) {
        const { d } = await socket.heard(op.MESSAGE_CREATE, { message_id: message.id });
        expect(MessageFrame.parse(d)).toMatchObject({
          channel_id,
          author: { user_id: owner.id, username: owner.username },
          content: 'Merhaba!',
          timestamp: message.created_at,
        });
        expect(JSON.stringify(d)).not.toContain(owner.email);
        expect(socket.all(op.MESSAGE_CREATE)).toHaveLength(1);
      }
    });

    test('MESSAGE_UPDATE has the new content', async () => {
      covers('op:12');
      const { owner, messages, channel_id, memberSocket } = await connected();
      const { message } = await owner.rest.post(messages, { content: 'teh' }, MessageCreated);
      await place
        .graph(owner)
        .run('mutation($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }', {
          input: { messageId: message.id, content: 'the' },
        });
      const { d } = await memberSocket.heard(op.MESSAGE_UPDATE, { message_id: message.id });
      expect(MessageFrame.parse(d)).toMatchObject({ channel_id, content: 'the' });
    });

    test('MESSAGE_DELETE names the message and its channel', async () => {
      covers('op:13');
      const { owner, messages, channel_id, memberSocket } = await connected();
      const { message } = await owner.rest.post(messages, { content: 'oops' }, MessageCreated);
      await owner.rest.delete(`${messages}/${message.id}`, Said);
      const { d } = await memberSocket.heard(op.MESSAGE_DELETE, { message_id: message.id });
      expect(d).toMatchObject({ channel_id });
      expect(JSON.stringify(d)).not.toContain('oops');
    });
  });

  describe('channels', () => {
    test('CHANNEL_CREATE, CHANNEL_UPDATE and CHANNEL_DELETE tell its members', async () => {
      covers('op:20', 'op:21', 'op:22');
      const { owner, server_id, memberSocket } = await connected();
      const { channel } = await owner.rest.post(`/servers/${server_id}/channels`, { name: 'plans' }, ChannelCreated);
      const of = { channel_id: channel.id };
      expect((await memberSocket.heard(op.CHANNEL_CREATE, of)).d).toMatchObject({ server_id, name: 'plans' });
      const graph = place.graph(owner);
      await graph.run('mutation($input: UpdateChannelInput!) { updateChannel(input: $input) { channel { id } } }', {
        input: { channelId: channel.id, name: 'old plans' },
      });
      expect((await memberSocket.heard(op.CHANNEL_UPDATE, of)).d).toMatchObject({ server_id, name: 'old plans' });
      await graph.run('mutation($input: DeleteChannelInput!) { deleteChannel(input: $input) { channelId } }', {
        input: { channelId: channel.id },
      });
      expect((await memberSocket.heard(op.CHANNEL_DELETE, of)).d).toMatchObject({ server_id });
    });
  });

  describe('members', () => {
    test('SERVER_MEMBER_ADD and SERVER_MEMBER_REMOVE tell those who are there, and the person', async () => {
      covers('op:30', 'op:31');
      const { owner, server_id, memberSocket, ownerSocket } = await connected();
      const guest = await place.person('guest');
      const guestSocket = await place.connect(guest);
      await place.join(owner, guest, server_id);
      for (const socket of [ownerSocket, memberSocket, guestSocket]) {
        const { d } = await socket.heard(op.SERVER_MEMBER_ADD, { server_id });
        expect(JSON.stringify(d)).toContain(guest.id);
      }
      await place.graph(owner).run('mutation($input: KickMemberInput!) { kickMember(input: $input) { userId } }', {
        input: { serverId: server_id, userId: guest.id },
      });
      for (const socket of [ownerSocket, memberSocket, guestSocket]) {
        const { d } = await socket.heard(op.SERVER_MEMBER_REMOVE, { server_id });
        expect(JSON.stringify(d)).toContain(guest.id);
      }
    });
  });

  describe('people', () => {
    test('PRESENCE_UPDATE follows the sockets and what one chooses', async () => {
      covers('op:40', 'rule:op 40 from a client');
      const { owner, member } = await place.channel();
      const watching = await place.connect(owner);
      const socket = await place.connect(member);
      await watching.heard(op.PRESENCE_UPDATE, { user_id: member.id, status: 'online' });
      for (const status of ['idle', 'dnd', 'online']) {
        const before = watching.frames.length;
        socket.send(op.PRESENCE_UPDATE, { status });
        await watching.inbox.first(
          `presence ${status}`,
          (frame) => watching.frames.indexOf(frame) >= before && frame.d.status === status,
        );
      }
      await socket.close();
      await watching.heard(op.PRESENCE_UPDATE, { user_id: member.id, status: 'offline' });
    });

    test('TYPING_START tells the others in the channel', async () => {
      covers('op:50', 'rule:op 50 from a client');
      const { member, channel_id, ownerSocket, memberSocket } = await connected();
      memberSocket.send(op.TYPING_START, { channel_id });
      const { d } = await ownerSocket.heard(op.TYPING_START, { channel_id });
      expect(JSON.stringify(d)).toContain(member.id);
    });
  });

  test('dispatches are numbered one by one, each connection for itself', async () => {
    covers('rule:socket dispatches are numbered');
    const { owner, messages, memberSocket } = await connected();
    const ids: string[] = [];
    for (const content of ['one', 'two', 'three'])
      ids.push((await owner.rest.post(messages, { content }, MessageCreated)).message.id);
    await memberSocket.heard(op.MESSAGE_CREATE, { message_id: ids.at(-1) as string });
    expect(memberSocket.all(op.MESSAGE_CREATE).map(({ d }) => d.message_id)).toEqual(ids);
    const numbers = memberSocket.frames.map(({ s }) => s).filter((s) => s !== undefined);
    const start = numbers[0] ?? 0;
    expect(numbers).toEqual(numbers.map((_, index) => start + index));
  });
});
