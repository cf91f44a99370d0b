import { networkOf } from '@kopru/runtime/client.ts';
import { codeOf } from '@kopru/runtime/errors.ts';
import type { Folder } from '@kopru/runtime/storage/content-types.ts';
import type { Client, SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UploadDesk } from './desk.ts';
import { type ReceiveParts, receive } from './receive.ts';
import { refuseUpload } from './refuse.ts';
import { serveFile } from './serve.ts';

export interface UploadOptions extends Pick<ReceiveParts, 'storage' | 'logger' | 'patience'> {
  /** The support subgraph. */
  readonly support: () => SubgraphClient;
  readonly clientOf: (request: FastifyRequest['raw']) => Client;
}

/** The document's endpoints for pictures and sounds, open to everybody. */
const doors = { '/api/upload/image': 'images', '/api/upload/audio': 'audio' } as const satisfies Record<string, Folder>;

/** Takes uploads while they come, and serves what we keep ourselves. */
export function serveUploads(server: FastifyInstance, { support, clientOf, ...given }: UploadOptions): void {
  const parts = { ...given, desk: new UploadDesk(support) };
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Bodies are read by whoever takes the file out of them.
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.setErrorHandler((error, request, reply) => answer(error, request, reply));
    for (const [path, folder] of Object.entries(doors))
      scope.post(path, async ({ raw }, reply) =>
        reply.send({ url: await receive(parts, raw, folder, networkOf(clientOf(raw).address)) }),
      );
    scope.route({
      method: ['GET', 'HEAD'],
      url: '/uploads/:folder/:file',
      exposeHeadRoute: false,
      handler: (request, reply) => serveFile(given.storage, request, reply),
    });
  });
}

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, headers = {}, body } = refuseUpload(error);
  if (status >= 500) request.log.error({ err: error, code: codeOf(error) }, 'an upload failed');
  return reply.code(status).headers(headers).send(body);
}
