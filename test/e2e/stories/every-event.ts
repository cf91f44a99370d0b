import { expect, test } from 'vitest';
import type { GatewaySocket } from '../../client/gateway.ts';
import { ChannelCreated, MessageCreated, Said } from '../../client/shapes.ts';
import { gatewayEvents } from '../../contract/ws-gateway/inventory.ts';
import { joinGateway } from '../../gateway.ts';
import type { Place } from '../../place.ts';
import { mutate } from './operations.ts';

/** Each of the gateway's events, however many processes it has. */
export function everyEvent(place: Place): void {
  test('every process tells each of the eleven events once, on both paths', async () => {
    const { owner, member, server_id: guildId, channel_id: channelId, messages } = await place.channel();
    const guest = await place.person('guest', 2);
    await place.join(owner, guest, guildId);
    const other = await place.server(owner);
    const guilds = [guildId];
    const sockets: GatewaySocket[] = [];
    for (const at of place.installation.gateways.keys())
      for (const path of ['/', '/ws'] as const) sockets.push(await joinGateway(place, member, { path, at, guilds }));
    const each = (heard: (socket: GatewaySocket) => Promise<unknown>) => Promise.all(sockets.map(heard));
    const graph = place.graph(owner);

    await joinGateway(place, guest, { at: 1 });
    await each((socket) => socket.heard('presence.update', { userId: guest.id }));
    await mutate(place.graph(guest, 1), 'startTyping', 'StartTypingInput', { channelId }, 'channelId');
    const { id: messageId } = (await owner.rest.post(messages, { content: 'Merhaba!' }, MessageCreated)).message;
    await mutate(graph, 'editMessage', 'EditMessageInput', { messageId, content: 'Selam!' }, 'message { id }');
    await owner.rest.delete(`${messages}/${messageId}`, Said);
    const { channel } = await owner.rest.post(`/servers/${guildId}/channels`, { name: 'plans' }, ChannelCreated);
    const plans = { channelId: channel.id, name: 'old plans' };
    await mutate(graph, 'updateChannel', 'UpdateChannelInput', plans, 'channel { id }');
    await mutate(graph, 'deleteChannel', 'DeleteChannelInput', { channelId: channel.id }, 'channelId');
    await owner.rest.patch(`/servers/${guildId}`, { name: 'New name' }, Said);
    await place.join(owner, member, other.server_id);
    await each((socket) => socket.heard('guild.create', { guildId: other.server_id }));
    await owner.rest.delete(`/servers/${other.server_id}`, Said);
    await each((socket) => socket.heard('guild.delete', { guildId: other.server_id }));

    // Whatever came before this, or came twice, is there when this is.
    const { id: last } = (await owner.rest.post(messages, { content: 'the last' }, MessageCreated)).message;
    await each((socket) => socket.heardMessage(last));
    const expected = [...gatewayEvents, 'message.create'].sort();
    for (const { path, events } of sockets) expect([...events].sort(), path).toEqual(expected);
  });
}
