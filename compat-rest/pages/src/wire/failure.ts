/** What the server calls a refusal; `away` is ours, for when there was no answer. */
export type FailureType =
  | 'away'
  | 'rate_limit_exceeded'
  | 'db_save_failed'
  | 'telegram_send_failed'
  | 'invalid_message'
  | 'unauthorized'
  | 'not_found'
  | 'forbidden';

/** Why a call did not succeed. */
export class Failure extends Error {
  readonly type: FailureType;
  /** When to try again, in milliseconds, where the server said so. */
  readonly retryAfter: number | undefined;

  constructor(type: FailureType, message: string = type, retryAfter?: number) {
    super(message);
    this.type = type;
    this.retryAfter = retryAfter;
  }

  /** Whether the same call may succeed later. */
  get passing(): boolean {
    return this.type === 'away' || this.type === 'db_save_failed' || this.type === 'rate_limit_exceeded';
  }
}

/** The failure that something thrown is. @throws it again where it is none: that is a mistake of ours. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
