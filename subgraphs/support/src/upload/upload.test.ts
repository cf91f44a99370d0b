import { newId } from '@kopru/runtime/ids.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Agent, asService, openSupport, type SupportDesk } from '../testing/support.ts';
import { UploadSweep } from './upload.sweep.ts';

const create = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { id name } }';
const complete = `mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { id type url contentType size createdAt } }`;
const discard = 'mutation ($id: ID!) { discardUpload(id: $id) }';
const clear = 'mutation ($threadId: ID!) { clearThread(input: { threadId: $threadId }) { thread { id } } }';
const logger: Logger = createLogger('test', 'silent');
const day = 24 * 60 * 60 * 1_000;

describe.each(backends)('uploads on $name', ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  let deleted: string[];
  let sweep: UploadSweep;

  beforeAll(async () => {
    backend = await open();
    desk = await openSupport(backend.settings);
    agent = await desk.agent();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await desk.database.write(({ manager }) => manager.query('DELETE FROM uploads'));
    deleted = [];
    sweep = new UploadSweep(desk.database, () => ({ delete: async (name) => void deleted.push(name) }), logger);
  });

  const reserve = async (type = 'IMAGE', address = newId()) =>
    (await desk.data(create, { input: { type, address } }, asService)).createUpload;
  const sendImage = (threadId: string, fileUrl: string) =>
    desk.send(threadId, 'Look!', undefined, { type: 'IMAGE', fileUrl });
  const rows = (): Promise<{ id: string; state: string }[]> =>
    desk.database.reader.query('SELECT id, state FROM uploads ORDER BY created_at, id');
  const later = (milliseconds: number) => new Date(Date.now() + milliseconds);

  test.each([
    ['IMAGE', 'images', 'image/png'],
    ['AUDIO', 'audio', 'audio/ogg'],
  ])('an %s has a place, and is something once its bytes are there', async (type, folder, contentType) => {
    const { id, name } = await reserve(type);
    expect(name).toBe(`${folder}/${id}`);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    const input = { id, contentType, size: 12, url: `/uploads/${name}.png` };
    const { id: _, ...stored } = input;
    // An answer that was lost is asked for again.
    for (const _ of [1, 2])
      expect((await desk.data(complete, { input }, asService)).completeUpload).toEqual({
        id,
        type,
        ...stored,
        createdAt: expect.stringMatching(/Z$/),
      });
    expect(await desk.refusal(complete, { input: { ...input, url: '/uploads/other' } }, asService)).toBe(
      'CONFLICT Upload',
    );
  });

  test('what is given up, or never was, cannot be completed or sent', async () => {
    const { id, name } = await reserve();
    const url = `/uploads/${name}`;
    expect((await desk.data(discard, { id }, asService)).discardUpload).toBe(true);
    expect((await desk.data(discard, { id: newId() }, asService)).discardUpload).toBe(false);
    const input = { id, contentType: 'image/png', size: 1, url };
    expect(await desk.refusal(complete, { input }, asService)).toMatch(/CONFLICT Upload|NOT_FOUND Upload/);
    expect(await desk.refusal(complete, { input: { ...input, id: newId() } }, asService)).toBe('NOT_FOUND Upload');
    await expect(sendImage(await desk.start(), url)).rejects.toThrow('VALIDATION_FAILED');
  });

  test('what is not complete cannot be sent', async () => {
    const { name } = await reserve();
    await expect(sendImage(await desk.start(), `/uploads/${name}`)).rejects.toThrow('VALIDATION_FAILED');
  });

  test.each([
    ['IMAGE', 5],
    ['AUDIO', 3],
  ])('of %s an address has %d places in five minutes', async (type, most) => {
    const address = newId();
    for (let index = 0; index < most; index++) await reserve(type, address);
    const { errors } = await desk.execute(create, { input: { type, address } }, asService);
    expect(errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    await reserve(type, newId());
    await reserve(type === 'IMAGE' ? 'AUDIO' : 'IMAGE', address);
  });

  test('the addresses that one client has are one', async () => {
    for (let end = 1; end <= 3; end++) await reserve('AUDIO', `2001:db8:1:2::${end}`);
    const input = { type: 'AUDIO', address: '2001:db8:1:2:ffff::1' };
    expect(await desk.refusal(create, { input }, asService)).toBe('RATE_LIMITED');
    await reserve('AUDIO', '2001:db8:1:3::1');
  });

  test('only services may, and only pictures and sounds', async () => {
    const { id } = await reserve();
    const input = { id, contentType: 'image/png', size: 1, url: '/a' };
    for (const as of [undefined, newId(), agent]) {
      expect(await desk.refusal(create, { input: { type: 'IMAGE', address: 'a' } }, as)).toBe('FORBIDDEN Upload');
      expect(await desk.refusal(complete, { input }, as)).toBe('FORBIDDEN Upload');
      expect(await desk.refusal(discard, { id }, as)).toBe('FORBIDDEN Upload');
    }
    expect(await desk.refusal(create, { input: { type: 'TEXT', address: 'a' } }, asService)).toBe('VALIDATION_FAILED');
  });

  test('what nobody sent in a day goes, file and row; what was sent stays', async () => {
    const threadId = await desk.start();
    const [sent, unsent] = [await desk.upload(), await desk.upload()];
    const reserved = await reserve('AUDIO');
    await sendImage(threadId, sent.url);
    await sweep.sweep(later(day - 60_000));
    expect(await rows()).toHaveLength(3);
    await sweep.sweep(later(day + 60_000));
    expect(deleted.sort()).toEqual([reserved.name, `images/${unsent.id}`].sort());
    expect(await rows()).toEqual([{ id: sent.id, state: 'COMPLETED' }]);
  });

  test('with the messages go their files, but for one that another thread has', async () => {
    const [one, two] = [await desk.start(), await desk.start()];
    const [both, alone] = [await desk.upload(), await desk.upload()];
    for (const [threadId, { url }] of [
      [one, both],
      [two, both],
      [one, alone],
    ] as const)
      await sendImage(threadId, url);
    await desk.data(clear, { threadId: one }, agent);
    await expect.poll(rows).toEqual([{ id: both.id, state: 'COMPLETED' }]);
    await expect(sendImage(two, alone.url)).rejects.toThrow('VALIDATION_FAILED');
    await desk.data('mutation { clearAllThreads { count } }', {}, agent);
    await expect.poll(rows).toEqual([]);
  });

  test('a file that cannot go keeps its row, is tried again, and keeps no other', async () => {
    const [stuck, other] = [await desk.upload(), await desk.upload()];
    for (const { id } of [stuck, other])
      await desk.database.write(({ manager }) =>
        manager.query("UPDATE uploads SET state = 'DISCARDED', expires_at = ? WHERE id = ?", [new Date(0), id]),
      );
    let away = true;
    const lines: string[] = [];
    const failing = new UploadSweep(
      desk.database,
      () => ({
        async delete(name) {
          if (away && name.endsWith(stuck.id)) throw new Error('Away.');
          deleted.push(name);
        },
      }),
      createLogger('test', 'info', { write: (line) => void lines.push(line) }),
    );
    await failing.sweep();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ type: 'IMAGE', createdAt: expect.any(String) }),
    ]);
    expect(lines.join()).not.toContain(stuck.id);
    expect(deleted).toEqual([`images/${other.id}`]);
    expect(await rows()).toEqual([{ id: stuck.id, state: 'DISCARDED' }]);
    away = false;
    await failing.sweep(later(11 * 60_000));
    expect(deleted).toEqual([`images/${other.id}`, `images/${stuck.id}`]);
    expect(await rows()).toEqual([]);
  });

  test('what is being sent as the sweep comes is sent or refused, and never without its file', async () => {
    const threadId = await desk.start();
    const uploads = await Promise.all(Array.from({ length: 6 }, () => desk.upload()));
    const [sent] = await Promise.all([
      Promise.allSettled(uploads.map(({ url }) => desk.send(threadId, 'Now!', agent, { type: 'IMAGE', fileUrl: url }))),
      sweep.sweep(later(2 * day)),
    ]);
    for (const [index, { id }] of uploads.entries())
      expect(deleted.includes(`images/${id}`)).toBe(sent[index]?.status === 'rejected');
  });
});
