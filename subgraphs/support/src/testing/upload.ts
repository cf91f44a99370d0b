import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ContentType } from '@kopru/runtime/storage/content-types.ts';
import { openStorage } from '@kopru/runtime/storage/open.ts';
import type { OpenFile } from '@kopru/runtime/storage/storage.ts';
import { sampleFiles } from '@kopru/runtime/testing/files.ts';
import { readAll } from '@kopru/runtime/testing/storage/server.ts';
import { asService, type SupportDesk } from './support.ts';

const storageOf = ({ ground }: SupportDesk) =>
  openStorage(ground.settings as unknown as Parameters<typeof openStorage>[0]);

/** Uploads a real file, and gives its URL. */
export async function uploadFile(
  desk: SupportDesk,
  type: 'IMAGE' | 'AUDIO',
  contentType: ContentType,
): Promise<string> {
  const create = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { id name } }';
  const complete = 'mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { url } }';
  const storage = await storageOf(desk);
  const { createUpload } = await desk.data(create, { input: { type, address: randomUUID() } }, asService);
  const options = { contentType, limit: 1_000_000 };
  const stored = await storage.put(createUpload.name, Readable.from([sampleFiles[contentType]]), options);
  const input = { id: createUpload.id, contentType, ...stored };
  await storage.close();
  return (await desk.data(complete, { input }, asService)).completeUpload.url;
}

/** What is stored of an upload. */
export async function storedFile(desk: SupportDesk, type: 'IMAGE' | 'AUDIO', id: string): Promise<Buffer | null> {
  const storage = await storageOf(desk);
  const file: OpenFile | null = await storage.open(`${type === 'IMAGE' ? 'images' : 'audio'}/${id}`);
  const content = file && (await readAll(file.body));
  await storage.close();
  return content;
}
