import { newId } from '@kopru/runtime/ids.ts';
import { describe, expect, test } from 'vitest';
import { unique } from '../../client/person.ts';
import {
  DirectChannelOpened,
  DirectChannels,
  MessageCreated,
  Messages,
  User,
  UserUpdated,
} from '../../client/shapes.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectRefused } from '../refused.ts';

overEveryBackend((place) => {
  describe('GET /users/{id}', () => {
    test('shows a profile, and the email to its owner alone', async () => {
      covers('rest:GET /users/{user_id}', 'rule:email is private');
      const ayse = await place.person('ayse');
      const mehmet = await place.person('mehmet');
      const { id, username, email } = ayse;
      expect(await ayse.rest.get(`/users/${id}`, User)).toMatchObject({ id, username, email });
      expect(await mehmet.rest.get(`/users/${id}`, User)).toMatchObject({ id, username, email: null });
    });

    test('knows nobody by an unknown id', async () => {
      covers('error:2001');
      const { rest } = await place.person();
      expectRefused(await rest.send('GET', `/users/${newId()}`), 2001);
    });
  });

  describe('PATCH /users/{id}', () => {
    test('changes the profile', async () => {
      covers('rest:PATCH /users/{user_id}');
      const { rest, id } = await place.person();
      const username = unique('renamed');
      const change = {
        username,
        email: `${username}@example.com`,
        display_name: 'Ayşe Yılmaz',
        avatar_url: 'https://example.com/ayse.png',
        bio: 'Builds bridges.',
      };
      const { user } = await rest.patch(`/users/${id}`, change, UserUpdated);
      expect(user).toMatchObject(change);
      expect(await rest.get(`/users/${id}`, User)).toMatchObject(change);
    });

    test('is for oneself', async () => {
      covers('rule:401 is for authentication alone');
      const ayse = await place.person('ayse');
      const mehmet = await place.person('mehmet');
      const reply = await mehmet.rest.send('PATCH', `/users/${ayse.id}`, { json: { bio: 'was here' } });
      expect(reply.status, JSON.stringify(reply.body)).toBe(403);
      expect(await ayse.rest.get(`/users/${ayse.id}`, User)).not.toMatchObject({ bio: 'was here' });
    });

    test('refuses a name or an address that somebody has', async () => {
      covers('error:1003');
      const ayse = await place.person('ayse');
      const mehmet = await place.person('mehmet');
      for (const taken of [{ username: ayse.username }, { email: ayse.email }])
        expectRefused(await mehmet.rest.send('PATCH', `/users/${mehmet.id}`, { json: taken }), 1003);
      expect(await mehmet.rest.get(`/users/${mehmet.id}`, User)).toMatchObject({
        username: mehmet.username,
        email: mehmet.email,
      });
    });
  });

  describe('direct channels', () => {
    test('open between two people, and are listed to both', async () => {
      covers('rest:POST /users/{user_id}/dm-channels', 'rest:GET /users/{user_id}/dm-channels');
      const ayse = await place.person('ayse');
      const mehmet = await place.person('mehmet');
      const opened = await ayse.rest.post(
        `/users/${ayse.id}/dm-channels`,
        { recipient_id: mehmet.id },
        DirectChannelOpened,
      );
      const { id, user1_id, user2_id, recipient } = opened.dm_channel;
      expect([user1_id, user2_id].sort()).toEqual([ayse.id, mehmet.id].sort());
      expect(recipient).toMatchObject({ id: mehmet.id, username: mehmet.username });
      expect(await ayse.rest.get(`/users/${ayse.id}/dm-channels`, DirectChannels)).toMatchObject({
        dm_channels: [{ id, recipient: { id: mehmet.id } }],
      });
      expect(await mehmet.rest.get(`/users/${mehmet.id}/dm-channels`, DirectChannels)).toMatchObject({
        dm_channels: [{ id, recipient: { id: ayse.id } }],
      });
    });

    test('are one for a pair, whoever asks and however', async () => {
      covers('rule:a pair has one direct channel', 'rule:a direct channel by the other id');
      const ayse = await place.person('ayse');
      const mehmet = await place.person('mehmet');
      const channels = await Promise.all([
        ayse.rest.post(`/users/${ayse.id}/dm-channels`, { recipient_id: mehmet.id }, DirectChannelOpened),
        mehmet.rest.post(`/users/${mehmet.id}/dm-channels`, { recipient_id: ayse.id }, DirectChannelOpened),
        ayse.rest.post(`/users/${mehmet.id}/dm-channels`, undefined, DirectChannelOpened),
        mehmet.rest.post(`/users/${ayse.id}/dm-channels`, undefined, DirectChannelOpened),
      ]);
      expect(new Set(channels.map(({ dm_channel }) => dm_channel.id)).size).toBe(1);
    });

    test('carry messages both ways, and nobody else reads them', async () => {
      covers('error:3002');
      const ayse = await place.person('ayse');
      const mehmet = await place.person('mehmet');
      const { dm_channel } = await ayse.rest.post(`/users/${mehmet.id}/dm-channels`, undefined, DirectChannelOpened);
      const messages = `/channels/${dm_channel.id}/messages`;
      await ayse.rest.post(messages, { content: 'to Mehmet' }, MessageCreated);
      await mehmet.rest.post(messages, { content: 'to Ayşe' }, MessageCreated);
      for (const { rest } of [ayse, mehmet])
        expect((await rest.get(messages, Messages)).messages.map(({ content }) => content)).toEqual([
          'to Ayşe',
          'to Mehmet',
        ]);
      const stranger = await place.person('stranger');
      expectRefused(await stranger.rest.send('GET', messages), 3002);
    });

    test('are nobody else’s to list', async () => {
      covers('rule:401 is for authentication alone');
      const ayse = await place.person('ayse');
      const mehmet = await place.person('mehmet');
      const reply = await mehmet.rest.send('GET', `/users/${ayse.id}/dm-channels`);
      expect(reply.status, JSON.stringify(reply.body)).toBe(403);
    });

    test('want a recipient who exists', async () => {
      covers('error:2001');
      const { rest, id } = await place.person();
      expectRefused(await rest.send('POST', `/users/${id}/dm-channels`, { json: { recipient_id: newId() } }), 2001);
      expectRefused(await rest.send('POST', `/users/${newId()}/dm-channels`), 2001);
      expect(await rest.get(`/users/${id}/dm-channels`, DirectChannels)).toMatchObject({ dm_channels: [] });
    });
  });
});
