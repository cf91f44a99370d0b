import type { Transaction } from '@kopru/runtime/database/database.ts';
import { DreamMessage } from './dream-message.ts';

/** Stores a message of a dream that the transaction has to itself: so ids ascend in the order in which they can be read. */
export async function addMessage({ manager }: Transaction, message: Omit<DreamMessage, 'id'>): Promise<DreamMessage> {
  const { identifiers } = await manager.insert(DreamMessage, message);
  return Object.assign(new DreamMessage(), message, { id: String(identifiers[0]?.id) });
}
