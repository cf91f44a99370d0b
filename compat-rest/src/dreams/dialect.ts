import { isUuid } from '@kopru/runtime/ids.ts';
import type { Dialect } from '../dialect.ts';
import { accessToken } from './access-token.ts';
import { refuse } from './errors.ts';

/** Dreamalyze: the conventions of Django REST framework and SimpleJWT, in English or Turkish. */
export const dreamalyze: Dialect = {
  token: accessToken,
  accepts: (_name, value) => isUuid(value),
  refuse,
  parametersMakePaths: true,
  slashIsOptional: true,
};
