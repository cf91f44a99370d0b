import type { IncomingHttpHeaders } from 'node:http';
import type { Failure } from './failure.ts';

/** An HTTP answer; the body is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What all endpoints of one older system have in common. */
export interface Dialect {
  /** The access token that a request shows; undefined where it shows none. */
  token(headers: IncomingHttpHeaders): string | undefined | Promise<string | undefined>;
  /** Whether `value` can be the path parameter `name`; asked before anything is run. */
  accepts(name: string, value: string): boolean;
  /** How a failure looks to whoever sent these headers; unknown paths, wrong methods and unreadable bodies included. */
  refuse(failure: Failure, headers: IncomingHttpHeaders): Answer;
  /** Takes a path with a parameter that cannot be one for an unknown path, whoever asks and by whatever method. */
  readonly parametersMakePaths?: true;
  /** Serves each path that ends in a slash without it, too. */
  readonly slashIsOptional?: true;
}

/** The token of `Authorization: Bearer <token>`. */
export function bearerToken({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
}
