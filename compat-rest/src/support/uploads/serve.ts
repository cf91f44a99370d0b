import { extensionOf } from '@kopru/runtime/storage/content-types.ts';
import { type ByteRange, isFileName, type OpenFile, type Storage } from '@kopru/runtime/storage/storage.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A file never changes, so whoever has it need not ask again. Nothing in it runs, should a browser open it by itself. */
const headers = {
  'accept-ranges': 'bytes',
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/** Asked for where only the size is of interest. */
const firstByte: ByteRange = { from: 0, to: 0 };

/** Answers `GET` and `HEAD` of `/uploads/<folder>/<file>`. */
export async function serveFile(storage: Storage, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { folder, file: asked } = request.params as { folder: string; file: string };
  const [id = '', extension, ...rest] = asked.split('.');
  const name = `${folder}/${id}`;
  // Names are ours alone: whatever is none, such as a way out of the folder, never reaches the storage.
  if (rest.length > 0 || !isFileName(name)) return notFound(reply);
  const wants = request.headers.range !== undefined || request.method === 'HEAD' ? firstByte : undefined;
  const file = await storage.open(name, wants);
  if (!file) return notFound(reply);
  if (extension !== extensionOf(file.contentType)) {
    file.body.destroy();
    return notFound(reply);
  }
  const tag = `"${id}"`;
  reply.headers({ ...headers, etag: tag, 'content-disposition': `inline; filename="${asked}"` });
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((known) => known === tag || known === `W/${tag}`))
    return withoutBody(reply.code(304), file);
  reply.type(file.contentType);
  const range = rangeOf(request, tag, file.size);
  if (range === 'outside') {
    reply.removeHeader('content-disposition').header('content-range', `bytes */${file.size}`);
    return withoutBody(reply.code(416), file);
  }
  if (range) {
    reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${file.size}`);
    reply.header('content-length', range.to - range.from + 1);
  } else reply.header('content-length', file.size);
  if (request.method === 'HEAD') return withoutBody(reply, file);
  if (!wants) return reply.send(file.body);
  file.body.destroy();
  const part = await storage.open(name, range ?? undefined);
  return part ? reply.send(part.body) : notFound(reply);
}

type WholeRange = Required<ByteRange> & { readonly to: number };

/** The one part that is asked for; null where the whole file is, or what cannot be understood, which stands for it. */
function rangeOf({ headers }: FastifyRequest, tag: string, size: number): WholeRange | 'outside' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range?.trim() ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (headers['if-range'] !== undefined && headers['if-range'] !== tag) return null;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (first !== '' && last !== '' && Number(last) < from) return null;
  return from > to ? 'outside' : { from, to };
}

function withoutBody(reply: FastifyReply, { body }: OpenFile): FastifyReply {
  body.destroy();
  return reply.send();
}

const notFound = (reply: FastifyReply): FastifyReply =>
  reply
    .code(404)
    .headers({ 'cache-control': 'no-store', 'content-security-policy': headers['content-security-policy'] })
    .removeHeader('content-disposition')
    .send({ error: 'Not found' });
