import { randomInt, randomUUID } from 'node:crypto';
import type { ContentType } from '@kopru/runtime/storage/content-types.ts';
import { sampleFiles, wavOf } from '@kopru/runtime/testing/files.ts';
import { describe, expect, test } from 'vitest';
import { overEveryBackend } from '../../place.ts';
import { joinSupport, supportUrl } from '../../support.ts';
import { covers } from '../covers.ts';

const html = Buffer.from('<!doctype html><script>alert(1)</script>');
const error = { error: expect.any(String) };

overEveryBackend(
  (place) => {
    /** Somebody at an address of their own, since uploads are counted by it. */
    const newAddress = (): string => `203.0.${randomInt(256)}.${randomInt(256)}`;
    const upload = async (kind: 'image' | 'audio', file: Buffer, { name = 'a', address = newAddress() } = {}) => {
      const body = new FormData();
      body.append('file', new Blob([Buffer.from(file)]), name);
      const headers = { 'x-forwarded-for': address };
      const answer = await fetch(`${supportUrl(place)}/api/upload/${kind}`, { method: 'POST', body, headers });
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as { url: string } };
    };
    const fetched = (path: string, init: RequestInit = {}) => fetch(new URL(path, supportUrl(place)), init);

    describe.each([
      ['image', 'images', ['image/png', 'image/jpeg', 'image/gif', 'image/webp']],
      ['audio', 'audio', ['audio/webm', 'audio/ogg', 'audio/wav', 'audio/mpeg']],
    ] as const)('POST /api/upload/%s', (kind, folder, types) => {
      const row = `support:POST /api/upload/${kind}` as const;

      test.each<ContentType>([...types])('takes %s, which is served as it is', async (type) => {
        covers(row, 'support:GET /uploads/<folder>/<filename>');
        const { status, body } = await upload(kind, sampleFiles[type], { name: '../../etc/passwd.html' });
        expect([status, Object.keys(body)]).toEqual([200, ['url']]);
        expect(body.url).toMatch(new RegExp(`^/uploads/${folder}/[0-9a-f-]{36}\\.\\w+$`));
        const answer = await fetched(body.url);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(answer.headers.get('content-security-policy')).toContain('sandbox');
        expect(answer.headers.get('cache-control')).toContain('immutable');
        expect(Buffer.from(await answer.arrayBuffer()).equals(sampleFiles[type])).toBe(true);
      });

      test('refuses what is none', async () => {
        covers(row);
        const [good = 'image/png'] = types;
        const file = sampleFiles[good];
        const bad = [html, Buffer.alloc(0), file.subarray(0, -1), Buffer.concat([file, html]), Buffer.from('<svg/>')];
        for (const content of bad) {
          const { status, body } = await upload(kind, content, { name: 'a.png' });
          expect([status, body]).toEqual([400, error]);
        }
        const without = await fetched(`/api/upload/${kind}`, { method: 'POST', body: new FormData() });
        expect([without.status, await without.json()]).toEqual([400, error]);
      });

      test('refuses what is larger than 16 MB', async () => {
        covers(row);
        const { status, body } = await upload(kind, wavOf(17 * 1_024 * 1_024));
        expect([status, body]).toEqual([413, error]);
      });

      test('refuses more than so many in five minutes from one address', async () => {
        covers(row);
        const [type = 'image/png'] = types;
        const address = newAddress();
        const most = kind === 'image' ? 5 : 3;
        for (let count = 0; count < most; count++)
          expect((await upload(kind, sampleFiles[type], { address })).status).toBe(200);
        const { status, body, headers } = await upload(kind, sampleFiles[type], { address });
        expect([status, body]).toEqual([429, error]);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
        expect((await upload(kind, sampleFiles[type])).status).toBe(200);
      });
    });

    test('GET /uploads leads to uploads, in whole or in part, and nowhere else', async () => {
      covers('support:GET /uploads/<folder>/<filename>');
      const { url } = (await upload('audio', wavOf(1_000))).body;
      const part = await fetched(url, { headers: { range: 'bytes=0-3' } });
      expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
        206,
        'RIFF',
        'bytes 0-3/1044',
      ]);
      expect((await fetched(url, { method: 'HEAD' })).headers.get('content-length')).toBe('1044');
      const others = [
        '/uploads/audio/%2e%2e%2flock.sqlite',
        '/uploads/%2e%2e/lock.sqlite',
        `/uploads/audio/${randomUUID()}.wav`,
      ];
      for (const path of others) expect((await fetched(path)).status, path).toBe(404);
    });

    test('only what an upload gave is sent as a picture or sound', async () => {
      covers('support rule:files are our own');
      const { threadId: thread_id, ...visitor } = await joinSupport(place);
      const { url } = (await upload('image', sampleFiles['image/png'])).body;
      const send = (file_url: string, type = 'image') =>
        visitor.socket.emitWithAck('message_to_admin', { thread_id, type, file_url });
      expect((await send(url)).message).toMatchObject({ type: 'image', file_path: url, content_text: null });
      const others = [
        'https://evil.example/a.png',
        `/uploads/images/${randomUUID()}.png`,
        `${url}?`,
        'javascript:alert(1)',
      ];
      for (const other of others) expect((await send(other)).error, other).toMatchObject({ type: 'invalid_message' });
      expect((await send(url, 'audio')).error).toMatchObject({ type: 'invalid_message' });
    });
  },
  { TRUST_PROXY: 'true' },
);
