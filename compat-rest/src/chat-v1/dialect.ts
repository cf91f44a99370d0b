import { isUuid } from '@kopru/runtime/ids.ts';
import { bearerToken, type Dialect } from '../dialect.ts';
import { refuse } from './errors.ts';

/** Chat v1: bearer tokens, one envelope for every error, and ids that are UUIDs; an invite's code is not one. */
export const chatV1: Dialect = {
  token: bearerToken,
  accepts: (name, value) => !name.endsWith('_id') || isUuid(value),
  refuse,
};
