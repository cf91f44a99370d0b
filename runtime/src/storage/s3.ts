import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { BoundedBody, storageAway } from './bounded.ts';
import { typeNamed } from './content-types.ts';
import { rangeHeader, wholeSize } from './range.ts';
import {
  type ByteRange,
  type Bytes,
  type FileName,
  type OpenFile,
  type PutOptions,
  type Storage,
  type StoredFile,
  servedPath,
} from './storage.ts';

export interface S3Bucket {
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Where it is, of a service that is not Amazon's. */
  readonly endpoint?: string | undefined;
  /** Where clients find its files; we serve them where it is not given. */
  readonly publicUrl?: string | undefined;
}

/** What is held of a file at a time, in bytes: the least that a part may have. */
const partSize = 5 * 1024 * 1024;

/** Files in a bucket of Amazon S3, or of any service that speaks the same. */
export class S3Storage implements Storage {
  readonly origin: string | null;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #publicUrl: string | undefined;

  constructor({ bucket, region, accessKeyId, secretAccessKey, endpoint, publicUrl }: S3Bucket) {
    this.#bucket = bucket;
    this.origin = publicUrl ? new URL(publicUrl).origin : null;
    this.#publicUrl = publicUrl?.replace(/\/+$/, '');
    this.#client = new S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000 },
      // Checksums that not every service knows.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(endpoint && { endpoint, forcePathStyle: true }),
    });
  }

  async put(name: FileName, body: Bytes, { contentType, limit }: PutOptions): Promise<StoredFile> {
    const bounded = new BoundedBody(body, limit);
    try {
      // One part at a time; the parts of one that fails are taken away.
      await new Upload({
        client: this.#client,
        params: {
          Bucket: this.#bucket,
          Key: name,
          Body: Readable.from(bounded, { objectMode: false }),
          ContentType: contentType,
          CacheControl: 'public, max-age=31536000, immutable',
        },
        partSize,
        queueSize: 1,
      }).done();
    } catch (error) {
      throw bounded.reason(error);
    }
    const url = this.#publicUrl ? `${this.#publicUrl}/${name}` : servedPath(name, contentType);
    return { url, size: bounded.size };
  }

  async delete(name: FileName): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: name }));
    } catch (error) {
      throw storageAway(error);
    }
  }

  async open(name: FileName, range?: ByteRange): Promise<OpenFile | null> {
    try {
      const part = rangeHeader(range).range;
      const object = await this.#client.send(
        new GetObjectCommand({ Bucket: this.#bucket, Key: name, ...(part && { Range: part }) }),
      );
      const body = object.Body as Readable;
      const contentType = typeNamed(object.ContentType ?? '');
      const size = wholeSize(object.ContentRange, object.ContentLength);
      if (contentType && size !== null) return { contentType, size, body };
      body.destroy();
      throw new Error('The bucket does not say what the file is.');
    } catch (error) {
      if (error instanceof S3ServiceException && isAbsent(error)) return null;
      throw storageAway(error);
    }
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }
}

const isAbsent = ({ $metadata }: S3ServiceException): boolean =>
  $metadata.httpStatusCode === 404 || $metadata.httpStatusCode === 416;
