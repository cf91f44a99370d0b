import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';

/** A body that is no form with a file in its field `file`, or that breaks off before its end. */
export class BadForm extends Error {
  override readonly name = 'BadForm';
}

/** A file did not arrive in the time that there is. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** A browser sends one file and perhaps a few fields; whoever sends more is not listened to. */
const limits = { files: 4, fields: 10, parts: 14, fieldSize: 1_024, headerPairs: 20, headerSize: 8 * 1_024 };

/**
 * Gives what `take` makes of the first file in the field `file`, while it comes, within so many milliseconds. Other parts are passed over;
 * what follows is not looked at any more. @throws BadForm, TooSlow; whatever `take` throws
 */
export async function takeFile<T>(
  request: IncomingMessage,
  within: number,
  take: (file: Readable) => Promise<T>,
): Promise<T> {
  const form = formOf(request);
  const result = Promise.withResolvers<T>();
  const ended = new AbortController();
  let found = false;
  const give = (file: Readable): void => {
    ended.signal.addEventListener('abort', () => file.destroy(ended.signal.reason));
    take(file).then(result.resolve, result.reject);
    found = true;
  };
  form.on('file', (field: string, file: Readable) => {
    // Whoever reads it is told of its error; nobody else needs to be.
    file.on('error', () => undefined);
    if (field === 'file' && !found) give(file);
    else file.resume();
  });
  form.on('finish', () => void (found || result.reject(new BadForm('No file'))));
  form.on('error', (cause: unknown) => result.reject(new BadForm('The form is broken', { cause })));
  const end = (reason: Error): void => {
    ended.abort(reason);
    result.reject(reason);
  };
  const timer = setTimeout(() => end(new TooSlow('The file took too long')), within);
  const brokeOff = (): void => void (request.complete || end(new BadForm('The request broke off')));
  request.once('close', brokeOff);
  try {
    request.pipe(form);
    return await result.promise;
  } finally {
    clearTimeout(timer);
    request.off('close', brokeOff);
    request.unpipe(form);
    // The answer is read by those who have sent what they have to send.
    request.resume();
  }
}

function formOf(request: IncomingMessage): InstanceType<typeof Busboy> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) throw new BadForm('No file');
  try {
    return new Busboy({ headers: { ...request.headers, 'content-type': type }, limits });
  } catch (cause) {
    throw new BadForm('The form is broken', { cause });
  }
}
