import { expect, test } from 'vitest';
import { MessageCreated, Messages, ServerCreated, Servers } from '../../client/shapes.ts';
import { withoutWrites } from '../../env/sabotage.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectRefused } from '../refused.ts';

overEveryBackend((place) => {
  test('a message that cannot be stored is 4002, and is not there', async () => {
    covers('error:4002');
    const { owner, messages } = await place.channel();
    await withoutWrites(place.settings, 'messaging', async () => {
      expectRefused(await owner.rest.send('POST', messages, { json: { content: 'lost' } }), 4002);
      expect((await owner.rest.get(messages, Messages)).messages).toEqual([]);
    });
    await owner.rest.post(messages, { content: 'kept' }, MessageCreated);
    expect((await owner.rest.get(messages, Messages)).messages).toMatchObject([{ content: 'kept' }]);
  });

  test('any other failure of ours is 6002, and says nothing of what failed', async () => {
    covers('error:6002');
    const { rest } = await place.person();
    await withoutWrites(place.settings, 'community', async () => {
      const reply = await rest.send('POST', '/servers', { json: { name: 'never' } });
      expectRefused(reply, 6002);
      expect(JSON.stringify(reply.body)).not.toMatch(/outbox|table|sql/i);
    });
    expect((await rest.get('/servers', Servers)).servers).toEqual([]);
    await rest.post('/servers', { name: 'now' }, ServerCreated);
  });
});
