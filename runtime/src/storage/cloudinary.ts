import { Readable } from 'node:stream';
import { v2 } from 'cloudinary';
import { Agent, request } from 'undici';
import { newCapability } from '../ids.ts';
import { BoundedBody, storageAway } from './bounded.ts';
import { type Folder, typeNamed } from './content-types.ts';
import { partOf, rangeHeader, wholeSize } from './range.ts';
import type { ByteRange, Bytes, FileName, OpenFile, PutOptions, Storage, StoredFile } from './storage.ts';

export interface CloudinaryAccount {
  readonly cloudName: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Where its API is reached, where not at the usual place. */
  readonly uploadPrefix?: string | undefined;
}

/** How the document calls our folders there, and of which kind what is in them is; sounds count as videos. */
const places = {
  images: { folder: 'chat_images', kind: 'image' },
  audio: { folder: 'chat_audio', kind: 'video' },
} as const satisfies Record<Folder, object>;

type Parameters = Readonly<Record<string, string | boolean>>;

/**
 * Files at Cloudinary, from where clients fetch them. Requests are signed by its SDK and sent by undici: the SDK's own transport cannot be called off,
 * and takes its settings from the process when it is loaded.
 */
export class CloudinaryStorage implements Storage {
  readonly origin = 'https://res.cloudinary.com';
  readonly #account: CloudinaryAccount;
  readonly #agent = new Agent({ connect: { timeout: 10_000 }, headersTimeout: 60_000, bodyTimeout: 60_000 });

  constructor(account: CloudinaryAccount) {
    this.#account = account;
  }

  async put(name: FileName, body: Bytes, { limit }: PutOptions): Promise<StoredFile> {
    const { folder, id } = placeOf(name);
    const bounded = new BoundedBody(body, limit);
    try {
      const parameters = { folder, public_id: id, overwrite: false };
      const { secure_url: url } = await this.#post(name, 'upload', parameters, bounded);
      if (!url?.startsWith('https://')) throw new Error('Cloudinary does not say where the file is.');
      return { url, size: bounded.size };
    } catch (error) {
      const reason = bounded.reason(error);
      // It may have been stored although the answer was lost. Should this fail too, whoever reserved the name deletes it later.
      await this.delete(name).catch(() => undefined);
      throw reason;
    }
  }

  async delete(name: FileName): Promise<void> {
    const { folder, id } = placeOf(name);
    try {
      const { result } = await this.#post(name, 'destroy', { public_id: `${folder}/${id}`, invalidate: true });
      if (result !== 'ok' && result !== 'not found') throw new Error(`Cloudinary answers ${result}.`);
    } catch (error) {
      throw storageAway(error);
    }
  }

  async open(name: FileName, range?: ByteRange): Promise<OpenFile | null> {
    const { folder, id, kind } = placeOf(name);
    const url = v2.utils.private_download_url(`${folder}/${id}`, '', { ...this.#options(kind), type: 'upload' });
    try {
      const { statusCode, headers, body } = await request(url, {
        dispatcher: this.#agent,
        headers: rangeHeader(range),
      });
      // To undici a body that is destroyed is an error; whoever reads it is told of those that matter.
      body.on('error', () => undefined);
      if (statusCode !== 200 && statusCode !== 206) {
        await body.dump();
        if (statusCode === 404 || statusCode === 416) return null;
        throw new Error(`Cloudinary answers ${statusCode}.`);
      }
      const contentType = typeNamed(String(headers['content-type']));
      const size = wholeSize(headers['content-range'], headers['content-length']);
      if (!contentType || size === null) {
        body.destroy();
        throw new Error('Cloudinary does not say what the file is.');
      }
      if (statusCode === 206 || !range) return { contentType, size, body };
      if (range.from < size) return { contentType, size, body: partOf(body, range) };
      body.destroy();
      return null;
    } catch (error) {
      throw storageAway(error);
    }
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  #options(resourceType: 'image' | 'video') {
    const { cloudName, apiKey, apiSecret, uploadPrefix } = this.#account;
    return {
      cloud_name: cloudName,
      api_key: apiKey,
      api_secret: apiSecret,
      resource_type: resourceType,
      ...(uploadPrefix && { upload_prefix: uploadPrefix }),
    };
  }

  /** Asks for something, and gives what it answers. */
  async #post(name: FileName, action: string, parameters: Parameters, file?: Bytes): Promise<Record<string, string>> {
    const options = this.#options(placeOf(name).kind);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signed = v2.utils.sign_request({ ...parameters, timestamp }, options);
    const boundary = newCapability();
    const form = Readable.from(formOf(boundary, signed, file), { objectMode: false });
    const { statusCode, body } = await request(v2.utils.api_url(action, options), {
      dispatcher: this.#agent,
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: form,
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`Cloudinary answers ${statusCode}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as Record<string, string>;
  }
}

function placeOf(name: FileName) {
  const [folder, id] = name.split('/') as [Folder, string];
  return { ...places[folder], id };
}

/** A form with these fields, and the file last. */
async function* formOf(boundary: string, fields: object, file?: Bytes): AsyncGenerator<Uint8Array> {
  for (const [field, value] of Object.entries(fields))
    yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`);
  if (file) {
    yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="file"\r\n\r\n`);
    yield* file;
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}
