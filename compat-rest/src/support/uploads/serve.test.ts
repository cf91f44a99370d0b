import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { wavOf } from '@kopru/runtime/testing/files.ts';
import { readAll } from '@kopru/runtime/testing/storage/server.ts';
import { storages, type TestStorage } from '@kopru/runtime/testing/storage/storages.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeDesk, openUploadServer } from '../../testing/uploads.ts';

describe.each(storages)('files that are served from $name', ({ open }) => {
  const id = randomUUID();
  const path = `/uploads/audio/${id}.wav`;
  const content = wavOf(1_000);
  let test: TestStorage;
  let origin: string;
  let close: () => Promise<void>;

  beforeEach(async () => {
    test = await open();
    ({ origin, close } = await openUploadServer(test.storage, new FakeDesk()));
    const body = (async function* () {
      yield content;
    })();
    await test.storage.put(`audio/${id}`, body, { contentType: 'audio/wav', limit: 10_000 });
  });
  afterEach(async () => {
    await close();
    await test[Symbol.asyncDispose]();
  });

  /** As it is written: `fetch` would tidy the path. */
  const ask = (target: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
      const { hostname, port } = new URL(origin);
      request({ hostname, port, path: target, method, headers }, async (answer) =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: await readAll(answer) }),
      )
        .on('error', reject)
        .end();
    });

  it('are what was stored, for ever, and run nothing', async () => {
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect(answer.body.equals(content)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(content.length),
      'content-disposition': `inline; filename="${id}.wav"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      etag: `"${id}"`,
    });
  });

  it('have a HEAD', async () => {
    const answer = await ask(path, {}, 'HEAD');
    expect([answer.status, answer.headers['content-length'], answer.body.length]).toEqual([
      200,
      `${content.length}`,
      0,
    ]);
  });

  it('come in parts', async () => {
    const size = content.length;
    for (const [range, from, to] of [
      ['bytes=0-', 0, size - 1],
      ['bytes=0-0', 0, 0],
      ['bytes=10-19', 10, 19],
      ['bytes=100-99999', 100, size - 1],
      ['bytes=-5', size - 5, size - 1],
      ['bytes=-99999', 0, size - 1],
    ] as const) {
      const answer = await ask(path, { range });
      expect([answer.status, answer.headers['content-range']], range).toEqual([206, `bytes ${from}-${to}/${size}`]);
      expect(answer.headers['content-length']).toBe(String(to - from + 1));
      expect(answer.body.equals(content.subarray(from, to + 1))).toBe(true);
    }
    for (const range of [`bytes=${size}-`, 'bytes=-0', 'bytes=99999-100000']) {
      const answer = await ask(path, { range });
      expect([answer.status, answer.headers['content-range'], answer.body.length], range).toEqual([
        416,
        `bytes */${size}`,
        0,
      ]);
    }
    for (const range of ['bytes=5-4', 'bytes=a-b', 'items=0-1', 'bytes=0-1,3-4', 'bytes=-'])
      expect((await ask(path, { range })).status, range).toBe(200);
    expect((await ask(path, { range: 'bytes=0-1', 'if-range': '"another"' })).status).toBe(200);
    expect((await ask(path, { range: 'bytes=0-1', 'if-range': `"${id}"` })).status).toBe(206);
    expect((await ask(path, { range: 'bytes=0-1' }, 'HEAD')).headers['content-length']).toBe('2');
  });

  it('need not be sent again', async () => {
    const answer = await ask(path, { 'if-none-match': `"x", W/"${id}"` });
    expect([answer.status, answer.body.length]).toEqual([304, 0]);
  });

  it('are all there is: no name leads out of the folder', async () => {
    const others = [
      `/uploads/audio/${randomUUID()}.wav`,
      `/uploads/audio/${id}`,
      `/uploads/audio/${id}.webm`,
      `/uploads/audio/${id}.wav.html`,
      `/uploads/images/${id}.png`,
      `/uploads/partial/${id}.wav`,
      '/uploads/../../../etc/passwd',
      '/uploads/audio/../../../etc/passwd',
      '/uploads/audio/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      '/uploads/%2e%2e/lock.sqlite',
      '/uploads/..%2f..%2f/passwd',
      `/uploads/audio%2f/${id}.wav`,
      `/uploads/audio/${id}%00.wav`,
      `/uploads/audio\\${id}.wav`,
      '/uploads/toString/constructor',
      '/uploads/audio/',
      '/uploads/',
    ];
    for (const target of others) {
      const answer = await ask(target);
      expect(answer.status, target).toBe(404);
      expect(answer.body.toString(), target).toMatch(/^\{/);
    }
  });
});
