import { Failure } from './failure.ts';
import { retryAfter } from './http.ts';

/** What the server takes, in bytes. */
export const uploadLimit = 16 * 1024 * 1024;

/** Why a file is not taken: too large, or not what its name says. */
export class FileRefused extends Error {
  readonly reason: 'size' | 'type';

  constructor(reason: 'size' | 'type') {
    super(`the file was refused: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Uploads a file and returns its address; `progress` hears of the part that is sent, from 0 to 1.
 * @throws {Failure} where it may succeed later
 * @throws {FileRefused} where it will not
 */
export function upload(
  type: 'image' | 'audio',
  file: Blob,
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // fetch does not tell how much of a body is sent.
  const request = new XMLHttpRequest();
  request.open('POST', `/api/upload/${type}`);
  request.responseType = 'json';
  request.timeout = 120_000;
  request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
  for (const event of ['error', 'timeout', 'abort']) request.addEventListener(event, () => reject(new Failure('away')));
  request.addEventListener('load', () => {
    const url = (request.response as { url?: unknown } | null)?.url;
    if (request.status === 200 && typeof url === 'string') resolve(url);
    else reject(refusalOf(request));
  });
  signal.addEventListener('abort', () => request.abort(), { once: true });
  const form = new FormData();
  form.append('file', file, `${type}.${file.type.split(/[/;]/)[1] ?? 'bin'}`);
  request.send(form);
  return promise;
}

function refusalOf(request: XMLHttpRequest): Error {
  if (request.status === 413) return new FileRefused('size');
  if (request.status === 400) return new FileRefused('type');
  if (request.status === 429)
    return new Failure('rate_limit_exceeded', undefined, retryAfter(request.getResponseHeader('retry-after')));
  return new Failure('db_save_failed');
}
