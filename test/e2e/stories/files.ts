import { sampleFiles } from '@kopru/runtime/testing/files.ts';
import { describe, expect, test } from 'vitest';
import type { Place } from '../../place.ts';
import { agentCookie, callSupport, joinAgents, joinSupport, supportUrl } from '../../support.ts';

/** Pictures and sounds of the support chat, which one process takes, another serves, and a third takes away. */
export function files(place: Place): void {
  describe('what is uploaded', () => {
    const upload = async (kind: 'image' | 'audio', file: Buffer, at: number) => {
      const body = new FormData();
      body.append('file', new Blob([Buffer.from(file)]), 'a');
      const answer = await fetch(`${supportUrl(place, at)}/api/upload/${kind}`, { method: 'POST', body });
      return { status: answer.status, url: ((await answer.json()) as { url?: string }).url ?? '' };
    };
    const fetched = async (url: string, at: number): Promise<Buffer | number> => {
      const answer = await fetch(supportUrl(place, at) + url);
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : answer.status;
    };

    test('is served by every process, for as long as a message has it', async () => {
      const cookie = await agentCookie(place);
      const agent = await joinAgents(place, cookie, {}, 0);
      const visitor = await joinSupport(place, {}, 1);
      const { threadId: thread_id } = visitor;
      const picture = sampleFiles['image/png'];
      const { url } = await upload('image', picture, 0);
      for (const at of [0, 1]) expect(await fetched(url, at)).toEqual(picture);
      await visitor.call('message_to_admin', { thread_id, type: 'image', file_url: url });
      expect(await agent.hears('message_from_visitor', { thread_id })).toMatchObject({ type: 'image', file_path: url });
      expect(
        (await callSupport(place, 'POST', `/api/messages/clear?thread_id=${thread_id}`, { headers: { cookie } }))
          .status,
      ).toBe(200);
      for (const at of [0, 1]) await expect.poll(() => fetched(url, at)).toBe(404);
    });

    test('is counted over all processes', async () => {
      const statuses = [];
      for (const at of [0, 1, 0, 1, 0]) statuses.push((await upload('audio', sampleFiles['audio/ogg'], at)).status);
      expect(statuses).toEqual([200, 200, 200, 429, 429]);
    });
  });
}
