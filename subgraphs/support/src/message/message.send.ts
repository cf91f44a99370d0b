import type { Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import { type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import { IsNull } from 'typeorm';
import { nonceFrom, textFrom } from '../input/text.ts';
import type { Outlet } from '../outlet/outlet.ts';
import { lockedThread } from '../thread/thread.locked.ts';
import type { ThreadLookup } from '../thread/thread.lookup.ts';
import type { SupportThread } from '../thread/thread.ts';
import { keepUpload } from '../upload/upload.keep.ts';
import type { SendSupportMessageInput } from './message.inputs.ts';
import { SupportMessage } from './message.ts';
import { type NewMessage, writeMessage } from './message.write.ts';

export interface SendingDependencies {
  readonly database: Database;
  readonly threads: ThreadLookup;
  readonly outlets: readonly Outlet[];
  readonly quota: Quota;
}

/** How many messages the visitor of a thread may send. */
const visitorMessages = { limit: 20, windowSeconds: 60 };

/**
 * Sends a message on behalf of whoever asks: an agent as such, anybody else as the visitor. Gives the first one again where
 * the same side, and of the agents the same one, sent the same nonce to the thread before.
 * @throws VALIDATION_FAILED, NOT_FOUND (SupportThread), RATE_LIMITED
 */
export async function sendMessage(
  { database, threads, outlets, quota }: SendingDependencies,
  input: SendSupportMessageInput,
  context: Context,
): Promise<{ message: SupportMessage; thread: SupportThread }> {
  const agent = context.viewerOrNull?.agent ? context.viewerOrNull : null;
  const nonce = nonceFrom(input.nonce);
  const content = contentFrom(input);
  if (!agent) {
    // Threads that there are, so that nobody makes up what is counted.
    await threads.knownNow(input.threadId);
    await spend(quota, `support-messages ${input.threadId}`, visitorMessages);
  }
  return database.write(async (tx) => {
    const thread = await lockedThread(tx, input.threadId);
    const sender = agent ? 'AGENT' : 'VISITOR';
    const authorId = agent?.userId ?? null;
    // Nobody else writes here until this commits, so the nonce needs no second look.
    const first = nonce === null ? null : await firstOf(tx, { threadId: thread.id, sender, authorId, nonce });
    if (first) return { message: first, thread };
    const upload = content.type === 'TEXT' ? null : await keepUpload(tx, content.fileUrl, content.type);
    const { type, text } = content;
    const message = await writeMessage(tx, thread, { sender, type, text, upload, authorId, nonce });
    const told = agent ? 'agentWrote' : 'visitorWrote';
    for (const outlet of outlets) await outlet[told](tx, message, thread);
    return { message, thread };
  });
}

type Content =
  | { readonly type: 'TEXT'; readonly text: string }
  | { readonly type: 'IMAGE' | 'AUDIO'; readonly text: string | null; readonly fileUrl: string };

/** @throws VALIDATION_FAILED */
function contentFrom({ type, text, fileUrl }: SendSupportMessageInput): Content {
  if (type === 'TEXT') {
    if (fileUrl != null) throw validationFailed({ fileUrl: ['Only for pictures and sounds.'] });
    return { type, text: textFrom(text) };
  }
  if (fileUrl == null) throw validationFailed({ fileUrl: ['Upload a file first.'] });
  return { type, text: text == null ? null : textFrom(text), fileUrl };
}

type Key = Pick<NewMessage, 'sender' | 'authorId'> & { readonly threadId: string; readonly nonce: string };

function firstOf({ manager }: Transaction, { authorId, ...key }: Key): Promise<SupportMessage | null> {
  return manager.findOneBy(SupportMessage, { ...key, authorId: authorId ?? IsNull() });
}
