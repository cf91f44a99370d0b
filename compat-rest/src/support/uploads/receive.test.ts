import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ContentType, typesIn } from '@kopru/runtime/storage/content-types.ts';
import { sampleFiles, wavOf } from '@kopru/runtime/testing/files.ts';
import { storages, type TestStorage } from '@kopru/runtime/testing/storage/storages.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeDesk, formWith, openUploadServer } from '../../testing/uploads.ts';

const mebibyte = 1_024 * 1_024;
/** Sends many megabytes, on machines that do more than this. */
const large = { timeout: 60_000 };
const png = sampleFiles['image/png'];

describe.each(storages)('uploads to $name', ({ open }) => {
  let test: TestStorage;
  let desk: FakeDesk;
  let origin: string;
  let close: () => Promise<void>;

  const start = async (patience?: number): Promise<void> => {
    await close?.();
    ({ origin, close } = await openUploadServer(test.storage, desk, patience));
  };
  const post = async (path: string, init: RequestInit) => {
    const answer = await fetch(`${origin}/api/upload/${path}`, { method: 'POST', ...init });
    const body = (await answer.json()) as { url?: string; error?: string };
    return { status: answer.status, headers: answer.headers, body };
  };
  const upload = (path: string, content: Uint8Array, ...more: string[]) =>
    post(path, { body: formWith(content, ...more) });
  const refusal = (status: number) => ({ status, body: { error: expect.any(String) } });
  /** Nothing is kept, and whatever was reserved is given up. */
  const nothingLeft = async (): Promise<void> => {
    await expect.poll(test.held).toBe(0);
    await expect.poll(() => desk.discarded).toEqual(desk.reserved);
    expect(desk.completed).toEqual([]);
  };
  /** A connection on which a form begins, and does not end. */
  const begin = async (content: Uint8Array): Promise<Socket> => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    await once(socket, 'connect');
    const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n';
    const head = `POST /api/upload/audio HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=x\r\n`;
    socket.write(`${head}content-length: ${4 * mebibyte}\r\n\r\n${part}`);
    socket.write(content);
    return socket;
  };

  beforeEach(async () => {
    test = await open();
    desk = new FakeDesk();
    await start();
  });
  afterEach(async () => {
    await close();
    await test[Symbol.asyncDispose]();
  });

  it.each(Object.keys(sampleFiles) as ContentType[])('take %s, whatever it is called', async (contentType) => {
    const file = sampleFiles[contentType];
    const door = typesIn('images').includes(contentType) ? 'image' : 'audio';
    for (const name of ['a.png', '../../../etc/passwd', '..\\..\\x.html', 'a\0.svg', 'ğ".php']) {
      const { status, body } = await upload(door, file, name, 'text/html');
      expect([status, body], name).toEqual([200, { url: expect.stringContaining(desk.reserved.at(-1) ?? '-') }]);
    }
    const input = { id: desk.reserved[0], contentType, size: file.length, url: expect.any(String) };
    expect(desk.completed[0]).toEqual(input);
    expect(desk.addresses[0]).toBe('127.0.0.1');
    expect(await test.held()).toBe(5);
    expect(desk.discarded).toEqual([]);
  });

  it('are counted by whose they are: of IPv6, by network', async () => {
    const headers = { 'x-forwarded-for': '2001:db8:1:2:3::4' };
    expect((await post('image', { body: formWith(png), headers })).status).toBe(200);
    expect(desk.addresses).toEqual(['2001:db8:1:2::/64']);
  });

  it('take the first file among other parts', async () => {
    const form = new FormData();
    form.append('title', 'mine');
    form.append('other', new Blob(['<html>']), 'a.html');
    form.append('file', 'a text, not a file');
    form.append('file', new Blob([Buffer.from(png)]), 'a.png');
    form.append('file', new Blob([Buffer.from(png)]), 'b.png');
    expect((await post('image', { body: form })).status).toBe(200);
    expect(await test.held()).toBe(1);
  });

  it('take 16 MB and no more', large, async () => {
    const around = wavOf(0).length;
    expect((await upload('audio', wavOf(16 * mebibyte - around))).status).toBe(200);
    const id = desk.reserved.pop() ?? '';
    await test.storage.delete(`audio/${id}`);
    desk.completed.pop();
    expect(await upload('audio', wavOf(16 * mebibyte - around + 2))).toMatchObject(refusal(413));
    expect(await upload('audio', wavOf(17 * mebibyte))).toMatchObject(refusal(413));
    await nothingLeft();
  });

  it('end at 16 MB where nobody says how much comes', large, async () => {
    const multipart = new Response(formWith(wavOf(17 * mebibyte)));
    const answer = await post('audio', {
      body: multipart.body,
      headers: { 'content-type': multipart.headers.get('content-type') ?? '' },
      duplex: 'half',
    } as RequestInit);
    expect(answer).toMatchObject(refusal(413));
    await nothingLeft();
  });

  it('refuse what is no form with a file', async () => {
    const types = ['text/plain', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary=', 'x'];
    for (const type of types)
      expect(await post('image', { body: png, headers: { 'content-type': type } }), type).toMatchObject(refusal(400));
    const empty = new FormData();
    empty.append('image', new Blob([Buffer.from(png)]), 'a.png');
    expect(await post('image', { body: empty })).toMatchObject(refusal(400));
    expect(await post('image', { body: new FormData() })).toMatchObject(refusal(400));
    expect(await post('image', {})).toMatchObject(refusal(400));
    expect(desk.reserved).toEqual([]);
  });

  it('refuse what is not of the type that is asked for, and keep nothing of it', async () => {
    const zip = Buffer.from('PK\x03\x04');
    const files: [string, Uint8Array][] = [
      ['image', sampleFiles['audio/wav']],
      ['audio', png],
      ['image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['image', Buffer.alloc(0)],
      ['image', png.subarray(0, -1)],
      ['image', Buffer.concat([png, Buffer.from('<script>alert(1)</script>')])],
      ['image', Buffer.concat([sampleFiles['image/jpeg'], zip])],
      ['audio', Buffer.concat([wavOf(12 * mebibyte), zip])],
    ];
    for (const [door, content] of files) expect(await upload(door, content)).toMatchObject(refusal(400));
    await nothingLeft();
  });

  it('say when there were too many', async () => {
    desk.failing = { createUpload: 'too many' };
    const answer = await upload('image', png);
    expect(answer).toMatchObject(refusal(429));
    expect(answer.headers.get('retry-after')).toBe('17');
    await nothingLeft();
  });

  it('leave nothing behind where the support chat is away', async () => {
    desk.failing = { createUpload: 'away' };
    expect(await upload('image', png)).toMatchObject(refusal(503));
    desk.failing = { completeUpload: 'away' };
    expect(await upload('image', png)).toMatchObject(refusal(503));
    expect(desk.discarded).toEqual(desk.reserved);
    desk.failing = { completeUpload: 'away', discardUpload: 'away' };
    expect(await upload('image', png)).toMatchObject(refusal(503));
  });

  it('leave nothing behind where the storage is away', async () => {
    await test.takeAway();
    const answer = await upload('image', png);
    expect(answer).toMatchObject({ status: 503, body: { error: 'Files cannot be stored at the moment.' } });
    expect(desk.discarded).toEqual(desk.reserved);
  });

  it('leave nothing behind of a client that goes', async () => {
    for (const size of [100, 2 * mebibyte]) {
      const socket = await begin(wavOf(3 * mebibyte).subarray(0, size));
      if (size > mebibyte) await expect.poll(() => desk.reserved.length).toBe(1);
      socket.destroy();
    }
    await nothingLeft();
  });

  it('end a form that breaks off inside its file', async () => {
    const whole = new Response(formWith(wavOf(2 * mebibyte)));
    const body = Buffer.from(await whole.arrayBuffer()).subarray(0, mebibyte);
    const headers = { 'content-type': whole.headers.get('content-type') ?? '' };
    expect(await post('audio', { body, headers })).toMatchObject(refusal(400));
    await nothingLeft();
  });

  it('do not wait for a sender that is slow', async () => {
    await start(300);
    const socket = await begin(wavOf(3 * mebibyte).subarray(0, 2 * mebibyte));
    const answer = await new Promise<string>((heard) => socket.once('data', (data) => heard(data.toString())));
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    await nothingLeft();
    socket.destroy();
  });
});
