import { beforeAll, expect, test } from 'vitest';
import type { Data } from '../../client/support.ts';
import { withoutWrites } from '../../env/sabotage.ts';
import { overEveryBackend } from '../../place.ts';
import { callSupport, joinAgents, joinSupport, signIn, supportUrl } from '../../support.ts';
import { covers } from '../covers.ts';

/** The smallest picture there is: one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

overEveryBackend((place) => {
  let cookie: string;
  beforeAll(async () => {
    cookie = await signIn(place);
  });

  test('a picture that was uploaded is sent as a message, both ways', async () => {
    covers(
      'support rule:files are our own',
      'support rule:empty fields are null',
      'support rule:a preview has 50 characters',
    );
    const [visitor, agent] = [await joinSupport(place), await joinAgents(place, cookie)];
    const { threadId: thread_id } = visitor;
    const upload = async (): Promise<string> => {
      const body = new FormData();
      body.append('file', new Blob([pixel], { type: 'image/png' }), 'pixel.png');
      const answer = await fetch(`${supportUrl(place)}/api/upload/image`, { method: 'POST', body });
      return String(((await answer.json()) as Data).url);
    };
    const [first, second] = [await upload(), await upload()];
    visitor.emit('message_to_admin', { thread_id, type: 'image', file_url: first });
    const row = { thread_id, type: 'image', content_text: null };
    expect(await agent.hears('message_from_visitor', { thread_id })).toMatchObject({ ...row, file_path: first });
    expect(await agent.hears('new_message_notification', { thread_id })).toMatchObject({
      message_preview: 'Medya mesajı',
    });
    agent.emit('message_to_visitor', { thread_id, type: 'image', file_url: second });
    expect(await visitor.hears('message_from_admin')).toMatchObject({ ...row, file_path: second });
    // A picture is no sound, and a text has none.
    expect(await visitor.call('message_to_admin', { thread_id, type: 'audio', file_url: first })).toHaveProperty(
      'error.type',
      'invalid_message',
    );
    const { body } = await callSupport(place, 'GET', `/api/messages?thread_id=${thread_id}`, { headers: { cookie } });
    expect((body as Data[]).map(({ file_path }) => file_path)).toEqual([first, second]);
    const { body: threads } = await callSupport(place, 'GET', '/api/threads', { headers: { cookie } });
    expect((threads as Data[]).find(({ id }) => id === thread_id)).toMatchObject({
      last_message: null,
      last_message_type: 'image',
      last_message_sender: 'admin',
      last_message_time: expect.any(String),
    });
  });

  test('what cannot be stored is said, and is not stored', async () => {
    covers('support error:db_save_failed');
    const [visitor, agent] = [await joinSupport(place), await joinAgents(place, cookie)];
    const { threadId: thread_id } = visitor;
    const failed = { error: { type: 'db_save_failed', message: expect.any(String) } };
    await withoutWrites(place.settings, 'support', async () => {
      expect(await visitor.call('message_to_admin', { thread_id, text: 'lost', nonce: 'once' })).toEqual(failed);
      expect(await agent.call('message_to_visitor', { thread_id, text: 'lost' })).toEqual(failed);
    });
    expect(visitor.all('message_error')).toEqual([{ type: 'db_save_failed', message: expect.any(String) }]);
    expect(await visitor.call('history', { thread_id })).toMatchObject({ messages: [] });
    // With the same nonce it may be tried again.
    expect(await visitor.call('message_to_admin', { thread_id, text: 'lost', nonce: 'once' })).toHaveProperty(
      'message',
    );
    await agent.hears('message_from_visitor', { thread_id });
    expect(agent.all('message_from_visitor').filter((row) => row.thread_id === thread_id)).toHaveLength(1);
  });
});
