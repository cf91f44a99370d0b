import { newId } from '@kopru/runtime/ids.ts';
import { describe, expect, test } from 'vitest';
import { ChannelCreated, Channels, ServerCreated } from '../../client/shapes.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectRefused } from '../refused.ts';

overEveryBackend((place) => {
  const withServer = async () => {
    const owner = await place.person('owner');
    const { server_id } = await owner.rest.post('/servers', { name: 'Köprü' }, ServerCreated);
    return { owner, server_id, path: `/servers/${server_id}/channels` };
  };

  describe('POST /servers/{id}/channels', () => {
    test('makes a channel', async () => {
      covers('rest:POST /servers/{server_id}/channels', 'rest:GET /servers/{server_id}/channels');
      const { owner, server_id, path } = await withServer();
      const { msg, channel } = await owner.rest.post(path, { name: 'plans' }, ChannelCreated);
      expect(msg).toBe(`channel created on server ${server_id}`);
      expect(channel).toMatchObject({ server_id, name: 'plans' });
      const { channels } = await owner.rest.get(path, Channels);
      expect(channels).toContainEqual(channel);
    });

    test('refuses a name that the server has already', async () => {
      covers('error:3003');
      const { owner, path } = await withServer();
      await owner.rest.post(path, { name: 'plans' }, ChannelCreated);
      expectRefused(await owner.rest.send('POST', path, { json: { name: 'plans' } }), 3003);
      expectRefused(await owner.rest.send('POST', path, { json: { name: 'PLANS' } }), 3003);
      const { channels } = await owner.rest.get(path, Channels);
      expect(channels.filter(({ name }) => name === 'plans')).toHaveLength(1);
    });

    test('is for who may manage channels', async () => {
      covers('rule:401 is for authentication alone');
      const { owner, server_id, path } = await withServer();
      const member = await place.person('member');
      await place.join(owner, member, server_id);
      const stranger = await place.person('stranger');
      const before = await owner.rest.get(path, Channels);
      for (const { rest } of [member, stranger])
        expectRefused(await rest.send('POST', path, { json: { name: 'mine' } }), 5002, 3002);
      expect(await owner.rest.get(path, Channels)).toEqual(before);
    });
  });

  describe('GET /servers/{id}/channels', () => {
    test('lists every channel, to members alone', async () => {
      covers('rest:GET /servers/{server_id}/channels', 'error:5001', 'error:5002');
      const { owner, server_id, path } = await withServer();
      for (const name of ['one', 'two']) await owner.rest.post(path, { name }, ChannelCreated);
      const member = await place.person('member');
      await place.join(owner, member, server_id);
      const { channels } = await member.rest.get(path, Channels);
      expect(channels.map(({ name }) => name)).toEqual(expect.arrayContaining(['one', 'two']));
      const stranger = await place.person('stranger');
      expectRefused(await stranger.rest.send('GET', path), 5002);
      expectRefused(await stranger.rest.send('GET', `/servers/${newId()}/channels`), 5001);
    });
  });
});
