import { randomUUID } from 'node:crypto';
import { clientReader } from '@kopru/runtime/client.ts';
import { rateLimited, unavailable } from '@kopru/runtime/errors.ts';
import { createHttpServer } from '@kopru/runtime/http.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import type { Storage } from '@kopru/runtime/storage/storage.ts';
import type { SubgraphClient, SubgraphRequest } from '@kopru/runtime/subgraph/client.ts';
import { Registry } from 'prom-client';
import { serveUploads } from '../support/uploads/open.ts';

/** The support subgraph's book of uploads, as far as uploading goes. */
export class FakeDesk implements SubgraphClient {
  readonly name = 'support';
  readonly reserved: string[] = [];
  readonly completed: Record<string, unknown>[] = [];
  readonly discarded: string[] = [];
  readonly addresses: string[] = [];
  /** Which question fails, with what. */
  failing: Readonly<Record<string, 'away' | 'too many'>> = {};

  async execute({ query, variables = {}, caller }: SubgraphRequest) {
    if (!caller.asService) throw new Error('These are for services.');
    const [question = ''] = /createUpload|completeUpload|discardUpload/.exec(query) ?? [];
    const failure = this.failing[question];
    if (failure) return { errors: [(failure === 'away' ? unavailable() : rateLimited(17)).toJSON()] };
    if (question === 'discardUpload') {
      this.discarded.push(String(variables.id));
      return { data: { discardUpload: true } };
    }
    const input = variables.input as Record<string, unknown>;
    if (question === 'completeUpload') {
      this.completed.push(input);
      return { data: { completeUpload: { id: input.id } } };
    }
    const id = randomUUID();
    this.reserved.push(id);
    this.addresses.push(String(input.address));
    return { data: { createUpload: { id, name: `${input.type === 'IMAGE' ? 'images' : 'audio'}/${id}` } } };
  }

  handshake(): never {
    throw new Error('Nobody subscribes here.');
  }

  project(): never {
    throw new Error('Nobody subscribes here.');
  }
}

/** A server that takes and serves uploads, and nothing else. */
export async function openUploadServer(storage: Storage, desk: FakeDesk, patience?: number) {
  const logger = createLogger('test', 'silent');
  const server = createHttpServer({ service: 'test', logger, metrics: new Registry(), needs: {} });
  serveUploads(server, { storage, support: () => desk, clientOf: clientReader(true), logger, patience });
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  return { origin, close: () => server.close() };
}

/** A form with one file. */
export function formWith(content: Uint8Array, name = 'a file', type = 'application/octet-stream'): FormData {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(content)], { type }), name);
  return form;
}
