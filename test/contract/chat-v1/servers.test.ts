import { newId } from '@kopru/runtime/ids.ts';
import { describe, expect, test } from 'vitest';
import { Invited, Joined, Said, ServerCreated, ServerInDetail, Servers, ServerUpdated } from '../../client/shapes.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectRefused } from '../refused.ts';

overEveryBackend((place) => {
  const withServer = async () => {
    const owner = await place.person('owner');
    const { server_id } = await owner.rest.post('/servers', { name: 'Köprü' }, ServerCreated);
    return { owner, path: `/servers/${server_id}`, server_id };
  };

  test('POST /servers makes a server', async () => {
    covers('rest:POST /servers');
    const { rest } = await place.person();
    const { server_id, server } = await rest.post('/servers', { name: 'Galata Köprüsü 🌉' }, ServerCreated);
    expect(server).toMatchObject({ server_id, server_name: 'Galata Köprüsü 🌉' });
  });

  test('GET /servers lists the servers one is in, in the order of joining', async () => {
    covers('rest:GET /servers');
    const { rest } = await place.person();
    expect(await rest.get('/servers', Servers)).toMatchObject({ servers: [] });
    for (const name of ['first', 'second', 'third']) await rest.post('/servers', { name }, ServerCreated);
    const { servers } = await rest.get('/servers', Servers);
    expect(servers.map(({ server_name }) => server_name)).toEqual(['first', 'second', 'third']);
  });

  describe('GET /servers/{id}', () => {
    test('tells a member about the server', async () => {
      covers('rest:GET /servers/{server_id}');
      const { owner, path, server_id } = await withServer();
      expect(await owner.rest.get(path, ServerInDetail)).toMatchObject({
        server_id,
        server_name: 'Köprü',
        owner_id: owner.id,
      });
    });

    test('tells nobody else', async () => {
      covers('error:5001', 'error:5002', 'rule:401 is for authentication alone');
      const { path } = await withServer();
      const { rest } = await place.person();
      expectRefused(await rest.send('GET', path), 5002);
      expectRefused(await rest.send('GET', `/servers/${newId()}`), 5001);
    });
  });

  describe('PATCH /servers/{id}', () => {
    test('renames it', async () => {
      covers('rest:PATCH /servers/{server_id}');
      const { owner, path, server_id } = await withServer();
      const { server } = await owner.rest.patch(path, { name: 'Renamed' }, ServerUpdated);
      expect(server).toMatchObject({ server_id, server_name: 'Renamed' });
      expect(await owner.rest.get(path, ServerInDetail)).toMatchObject({ server_name: 'Renamed' });
    });

    test('is for who may manage it', async () => {
      covers('error:5002', 'rule:401 is for authentication alone');
      const { owner, path, server_id } = await withServer();
      const member = await place.person('member');
      await place.join(owner, member, server_id);
      const stranger = await place.person('stranger');
      for (const { rest } of [member, stranger])
        expectRefused(await rest.send('PATCH', path, { json: { name: 'Taken over' } }), 5002);
      expect(await owner.rest.get(path, ServerInDetail)).toMatchObject({ server_name: 'Köprü' });
    });
  });

  describe('DELETE /servers/{id}', () => {
    test('deletes it', async () => {
      covers('rest:DELETE /servers/{server_id}');
      const { owner, path } = await withServer();
      await owner.rest.delete(path, Said);
      expect(await owner.rest.get('/servers', Servers)).toMatchObject({ servers: [] });
      expectRefused(await owner.rest.send('GET', path), 5001);
      expectRefused(await owner.rest.send('GET', `${path}/channels`), 5001);
    });

    test('is for its owner', async () => {
      covers('error:5002');
      const { owner, path, server_id } = await withServer();
      const member = await place.person('member');
      await place.join(owner, member, server_id);
      expectRefused(await member.rest.send('DELETE', path), 5002);
      await owner.rest.get(path, ServerInDetail);
    });
  });

  describe('invites', () => {
    test('let people in, once each', async () => {
      covers('rest:POST /servers/{server_id}/invites', 'rest:POST /invites/{code}');
      const { owner, path, server_id } = await withServer();
      const { invite } = await owner.rest.post(`${path}/invites`, undefined, Invited);
      expect(invite).toMatchObject({ server_id, uses: 0 });
      const guest = await place.person('guest');
      for (let time = 0; time < 2; time += 1) {
        const { server } = await guest.rest.post(`/invites/${invite.code}`, undefined, Joined);
        expect(server).toMatchObject({ server_id, server_name: 'Köprü' });
      }
      expect((await guest.rest.get('/servers', Servers)).servers).toHaveLength(1);
    });

    test('admit as many as they say, however many race', async () => {
      covers('rest:POST /invites/{code}');
      const { owner, path } = await withServer();
      const { invite } = await owner.rest.post(`${path}/invites`, { max_uses: 2 }, Invited);
      const guests = await Promise.all(Array.from({ length: 4 }, () => place.person('guest')));
      const replies = await Promise.all(guests.map(({ rest }) => rest.send('POST', `/invites/${invite.code}`)));
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(2);
      for (const { rest } of guests) {
        const { servers } = await rest.get('/servers', Servers);
        expect(servers.length).toBeLessThanOrEqual(1);
      }
    });

    test('are for members to give, and unguessable', async () => {
      covers('rest:POST /servers/{server_id}/invites', 'error:5001', 'error:5002');
      const { path } = await withServer();
      const { rest } = await place.person();
      expectRefused(await rest.send('POST', `${path}/invites`), 5002);
      expectRefused(await rest.send('POST', '/invites/nosuchcodeanywhere'), 5001);
    });
  });
});
