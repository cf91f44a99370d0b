import { newId } from '../../ids.ts';
import type { S3Bucket } from '../../storage/s3.ts';
import { Answer, type LocalServer, openLocalServer, readAll, sendFile } from './server.ts';
import { isSigned } from './sigv4.ts';

interface StoredObject {
  readonly type: string;
  readonly data: Buffer;
}

export interface LocalS3 extends LocalServer {
  readonly bucket: S3Bucket;
  readonly objects: Map<string, StoredObject>;
  /** Uploads in parts that are neither completed nor aborted. */
  readonly uploads: Map<string, { readonly type: string; readonly parts: Map<number, Buffer> }>;
  /** The size of each part or object that came, in bytes. */
  readonly puts: number[];
}

/** A bucket `files` that speaks S3, and believes only what is signed. */
export async function openS3(): Promise<LocalS3> {
  const objects: LocalS3['objects'] = new Map();
  const uploads: LocalS3['uploads'] = new Map();
  const puts: number[] = [];
  const secret = newId();
  const server = await openLocalServer(
    async (request, response, url) => {
      const body = await readAll(request);
      if (!isSigned(request, url, body, 'a-key', secret)) throw new Answer(403, 'SignatureDoesNotMatch');
      const [, bucket, ...path] = url.pathname.split('/');
      if (bucket !== 'files') throw new Answer(404, 'NoSuchBucket');
      const key = path.join('/');
      const uploadId = url.searchParams.get('uploadId');
      const upload = uploadId === null ? undefined : uploads.get(uploadId);
      if (uploadId !== null && !upload) throw new Answer(404, 'NoSuchUpload');
      const type = String(request.headers['content-type']);
      if (request.method === 'GET') {
        const object = objects.get(key);
        if (!object) throw new Answer(404, 'NoSuchKey');
        return sendFile(request, response, object.data, object.type);
      }
      response.setHeader('etag', `"${newId()}"`);
      if (request.method === 'PUT') {
        puts.push(body.length);
        if (upload) upload.parts.set(Number(url.searchParams.get('partNumber')), body);
        else objects.set(key, { type, data: body });
      } else if (request.method === 'DELETE') {
        if (uploadId !== null) uploads.delete(uploadId);
        else objects.delete(key);
        response.statusCode = 204;
      } else if (upload && uploadId !== null) {
        const named = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map(([, part]) => Number(part));
        const parts = named.map((part) => upload.parts.get(part) ?? Buffer.alloc(0));
        objects.set(key, { type: upload.type, data: Buffer.concat(parts) });
        uploads.delete(uploadId);
        return void response.end('<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>');
      } else {
        const id = newId();
        uploads.set(id, { type, parts: new Map() });
        const answer = `<UploadId>${id}</UploadId>`;
        return void response.end(`<InitiateMultipartUploadResult>${answer}</InitiateMultipartUploadResult>`);
      }
      response.end();
    },
    (code) => `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
  const keys = { accessKeyId: 'a-key', secretAccessKey: secret };
  return {
    ...server,
    bucket: { bucket: 'files', region: 'eu-test-1', endpoint: server.origin, ...keys },
    objects,
    uploads,
    puts,
  };
}
