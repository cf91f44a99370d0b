import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { newId } from '../../ids.ts';
import type { CloudinaryAccount } from '../../storage/cloudinary.ts';
import { Answer, type LocalServer, openLocalServer, readAll, sendFile } from './server.ts';

type Fields = Readonly<Record<string, string>>;

export interface LocalCloudinary extends LocalServer {
  readonly account: Required<CloudinaryAccount>;
  /** By kind and public id: `image/chat_images/…`. */
  readonly files: Map<string, Buffer>;
}

/** Cloudinary's upload API: it believes only what is signed, and keeps only forms that came to their end. */
export async function openCloudinary(): Promise<LocalCloudinary> {
  const files = new Map<string, Buffer>();
  const secret = newId();
  const server = await openLocalServer(async (request, response, url) => {
    const [, version, cloud, kind, action] = url.pathname.split('/');
    if (version !== 'v1_1' || cloud !== 'a-cloud') throw new Answer(404, 'No such cloud.');
    if (action === 'download') {
      const { public_id } = signed(Object.fromEntries(url.searchParams), secret);
      const file = files.get(`${kind}/${public_id}`);
      if (!file) throw new Answer(404, 'Resource not found.');
      return sendFile(request, response, file, typeOf(file, kind));
    }
    const { fields, file } = await readForm(request);
    const { public_id, folder, overwrite } = signed(fields, secret);
    if (action === 'destroy') {
      const result = files.delete(`${kind}/${public_id}`) ? 'ok' : 'not found';
      return void response.end(JSON.stringify({ result }));
    }
    if (action !== 'upload' || !file) throw new Answer(400, 'Missing required parameter - file');
    const key = `${kind}/${folder}/${public_id}`;
    if (overwrite === 'false' && files.has(key)) throw new Answer(400, 'There is one already.');
    files.set(key, file);
    const secure_url = `https://res.cloudinary.example/a-cloud/${kind}/upload/v1/${folder}/${public_id}`;
    response.end(JSON.stringify({ public_id: `${folder}/${public_id}`, bytes: file.length, secure_url }));
  });
  const account = { cloudName: 'a-cloud', apiKey: 'a-key', apiSecret: secret, uploadPrefix: server.origin };
  return { ...server, account, files };
}

/** The parameters but for the signature, by their names, with the secret behind them. @throws 401 */
function signed({ signature, api_key, ...parameters }: Fields, secret: string): Fields {
  const text = Object.entries(parameters)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`.replaceAll('&', '%26'))
    .join('&');
  const expected = createHash('sha1')
    .update(text + secret)
    .digest('hex');
  const age = Date.now() / 1000 - Number(parameters.timestamp);
  if (signature !== expected || api_key !== 'a-key') throw new Answer(401, `Invalid Signature of ${text}.`);
  if (!(Math.abs(age) < 3_600)) throw new Answer(400, 'Stale request.');
  return parameters;
}

async function readForm(request: IncomingMessage): Promise<{ fields: Fields; file: Buffer | undefined }> {
  const fields: Record<string, string> = {};
  let file: Promise<Buffer> | undefined;
  const form = new Busboy({ headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' } });
  form.on('field', (name, value) => {
    fields[name] = value;
  });
  form.on('file', (_name, stream) => {
    file = readAll(stream);
  });
  await pipeline(request, form);
  return { fields, file: await file };
}

const typeOf = (file: Buffer, kind = ''): string => {
  const [first] = file;
  return kind === 'image' ? (first === 0x89 ? 'image/png' : 'image/gif') : first === 0x52 ? 'audio/wav' : 'video/webm';
};
