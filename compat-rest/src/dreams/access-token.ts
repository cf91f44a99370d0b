import type { IncomingHttpHeaders } from 'node:http';

/** What stands behind `Bearer`, whether it can be a token or not: one that cannot is a bad one, where none is none. */
export const accessToken = ({ authorization = '' }: IncomingHttpHeaders): string | undefined =>
  /^Bearer\s+(\S.*)$/i.exec(authorization.trim())?.[1];
