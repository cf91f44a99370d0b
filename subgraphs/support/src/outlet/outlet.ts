import type { Transaction } from '@kopru/runtime/database/database.ts';
import type { SupportMessage } from '../message/message.ts';
import type { SupportThread } from '../thread/thread.ts';

/**
 * A way to reach agents where they are, such as Telegram. It is told of things within the transaction that makes them true and
 * stores there what it has to send, so it misses nothing and sends nothing that was undone.
 */
export interface Outlet {
  /** A visitor wrote through the graph. */
  visitorWrote(tx: Transaction, message: SupportMessage, thread: SupportThread): Promise<void>;
  /** An agent wrote, wherever they did. */
  agentWrote(tx: Transaction, message: SupportMessage, thread: SupportThread): Promise<void>;
  /** All threads are about to go. */
  allCleared(tx: Transaction): Promise<void>;
  /** Hands a one-time code to the agents at once; false where the outlet is not set up. @throws UNAVAILABLE */
  deliverAgentCode(code: string): Promise<boolean>;
}
