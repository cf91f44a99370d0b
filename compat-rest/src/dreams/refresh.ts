import { RefreshTokens, type TokenFieldsFragment, VerifyToken } from '@kopru/schema/operations/dreams.ts';
import { failureOf } from '../failure.ts';
import type { Run } from '../operation.ts';
import { accepted } from './requests.ts';

/**
 * Exchanges a refresh token. One that is refused was shown to identity first, which ends the session of a spent one.
 * @throws UNAUTHENTICATED, TOKEN_EXPIRED for a token that is not good
 */
export async function refreshed(run: Run, refreshToken: string): Promise<TokenFieldsFragment> {
  try {
    return (await run(RefreshTokens, { input: { refreshToken } })).refreshSession;
  } catch (error) {
    const failure = failureOf(error);
    // It says more of a token that is not good.
    if (failure.kind === 'operation' && failure.code === 'UNAUTHENTICATED')
      accepted(await run(VerifyToken, { token: refreshToken }));
    throw error;
  }
}
