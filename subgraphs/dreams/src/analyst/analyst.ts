/** What was said about a dream, for whoever is to answer. */
export interface Talk {
  /** In order; the last is its author's. */
  readonly said: readonly { readonly role: 'USER' | 'ANALYST'; readonly message: string }[];
  /** How the author's other dreams began, the newest first. */
  readonly earlier: () => Promise<readonly string[]>;
}

/** Hears an answer as it is written. */
export interface Hearer {
  /** The answer begins anew; what was heard is void. */
  restart(): void;
  hear(text: string): void;
}

/** Answers people who tell their dreams. */
export interface Analyst {
  /** Whether it asks nobody. */
  readonly builtIn: boolean;
  /** The whole answer, 1 to 12000 characters. @throws AnalystFailure; the signal's reason once it has fired */
  answer(talk: Talk, hearer: Hearer, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** Where an answer ends, in UTF-16 units. */
export const answerLength = 12_000;

/** Why there is no answer, as `Analysis.errorCode` says it. */
export type AnalystFailureCode =
  | 'ANALYST_UNAVAILABLE'
  | 'ANALYST_TIMEOUT'
  | 'ANALYST_REFUSED'
  | 'ANALYST_ANSWER'
  | 'INTERNAL';

/** The analyst gave no answer. The message is for the log; nobody outside sees it. */
export class AnalystFailure extends Error {
  override readonly name = 'AnalystFailure';
  readonly code: AnalystFailureCode;
  /** Whether another try may go better. */
  readonly mayPass: boolean;
  /** Milliseconds that the analyst asks to be left alone. */
  readonly pause: number;

  constructor(
    code: AnalystFailureCode,
    message: string,
    { mayPass = true, pause = 0, cause = undefined as unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.mayPass = mayPass;
    this.pause = pause;
  }
}
