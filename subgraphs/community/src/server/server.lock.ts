import type { Transaction } from '@kopru/runtime/database/database.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { Server } from './server.ts';

/**
 * The server, which nobody else changes, nor its channels, roles, members, invites and bans, until `tx` ends:
 * whoever writes any of these takes it first. So decisions hold, and events come in the order of the changes.
 * @throws NOT_FOUND of `resource`
 */
export async function lockServer(tx: Transaction, id: string, resource: string): Promise<Server> {
  const query = tx.manager.createQueryBuilder(Server, 'server').where('server.id = :id', { id });
  // SQLite has one writer at a time, and no such clause.
  if (tx.dialect === 'mysql') query.setLock('pessimistic_write');
  const server = await query.getOne();
  if (!server) throw notFound(resource);
  return server;
}
