import type { Answer } from '../dialect.ts';
import type { Failure } from '../failure.ts';

/** What a `message_error` is about, as the clients in the field know it, and two that only answers of calls have. */
export type ChatErrorType =
  | 'rate_limit_exceeded'
  | 'db_save_failed'
  | 'telegram_send_failed'
  | 'invalid_message'
  | 'unauthorized'
  | 'not_found'
  | 'forbidden';

/** Shown to people by the pages in the field, which are Turkish. */
const texts: Readonly<Record<ChatErrorType, string>> = {
  rate_limit_exceeded: 'Çok fazla mesaj gönderdiniz. Lütfen biraz bekleyin.',
  db_save_failed: 'Mesaj kaydedilemedi. Lütfen tekrar deneyin.',
  telegram_send_failed: "Mesaj kaydedildi ancak Telegram'a iletilemedi.",
  invalid_message: 'Geçersiz mesaj.',
  unauthorized: 'Bu işlem için yetkiniz yok.',
  not_found: 'Sohbet bulunamadı.',
  forbidden: 'Bu işlem için yetkiniz yok.',
};

/** Why an event of a client was refused. */
export interface ChatError {
  readonly type: ChatErrorType;
  readonly message: string;
  /** Whole seconds. */
  readonly retry_after?: number;
}

export const chatError = (type: ChatErrorType, retryAfter?: number): ChatError => ({
  type,
  message: texts[type],
  ...(retryAfter !== undefined && { retry_after: Math.ceil(retryAfter) }),
});

/** What a caller hears of a failure in answer to a call. */
export function chatErrorOf(failure: Failure): ChatError {
  if (failure.kind !== 'operation') return chatError('invalid_message');
  switch (failure.code) {
    case 'RATE_LIMITED':
      return chatError('rate_limit_exceeded', failure.retryAfter ?? 1);
    case 'UNAUTHENTICATED':
    case 'TOKEN_EXPIRED':
      return chatError('unauthorized');
    case 'FORBIDDEN':
      return chatError('forbidden');
    case 'NOT_FOUND':
      return chatError('not_found');
    case 'VALIDATION_FAILED':
    case 'CONFLICT':
      return chatError('invalid_message');
    default:
      return chatError('db_save_failed');
  }
}

/** The same as a `message_error`, of which the clients in the field know fewer types. */
export function messageError({ type, message }: ChatError): Pick<ChatError, 'type' | 'message'> {
  if (type === 'not_found') return { type: 'invalid_message', message };
  if (type === 'forbidden') return { type: 'unauthorized', message };
  return { type, message };
}

const refusal = (status: number, error: string, headers?: Readonly<Record<string, string>>): Answer => ({
  status,
  ...(headers && { headers }),
  body: { error },
});

/** What a caller over HTTP hears of a failure. */
export function refuse(failure: Failure): Answer {
  switch (failure.kind) {
    case 'operation':
      return refuseOperation(failure);
    case 'field':
      return refusal(400, `${failure.field} takes ${failure.takes}`);
    case 'body':
      return failure.problem === 'too large' ? refusal(413, 'The body is too large') : refusal(400, 'Invalid JSON');
    case 'parameter':
    case 'unreadable path':
      return refusal(400, 'Invalid path');
    case 'unknown path':
      return refusal(404, 'Not found');
    case 'method':
      return refusal(405, 'Method not allowed');
  }
}

function refuseOperation({ code, message, retryAfter = 1 }: Failure & { readonly kind: 'operation' }): Answer {
  switch (code) {
    case 'UNAUTHENTICATED':
    case 'TOKEN_EXPIRED':
    case 'FORBIDDEN':
      return refusal(401, 'Unauthorized');
    case 'NOT_FOUND':
      return refusal(404, message);
    case 'CONFLICT':
      return refusal(409, message);
    case 'VALIDATION_FAILED':
      return refusal(400, message);
    case 'RATE_LIMITED':
      return refusal(429, message, { 'retry-after': String(Math.ceil(retryAfter)) });
    case 'UNAVAILABLE':
      return refusal(503, message);
    default:
      return refusal(500, 'Something went wrong on our side.');
  }
}
