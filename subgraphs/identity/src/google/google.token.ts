import { forbidden, type KopruError, unauthenticated } from '@kopru/runtime/errors.ts';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { GoogleKeys } from './google.keys.ts';

/** Google writes itself in both ways. */
const issuers = ['https://accounts.google.com', 'accounts.google.com'];

/** Who a Google ID token speaks of. */
export interface GooglePerson {
  /** Google's id of the account. */
  readonly id: string;
  readonly email: string | null;
  /** Whether Google has seen once that the address is theirs. */
  readonly emailVerified: boolean;
  /** Whether nobody but Google decides whose the address is, so that it is theirs still. */
  readonly emailVouched: boolean;
  readonly name: string | null;
  readonly picture: string | null;
}

/** Reads Google's ID tokens. */
export class GoogleTokens {
  readonly #keys: GoogleKeys;
  readonly #clientIds: readonly string[];

  /** `clientIds` are those of our own clients at Google; without any, no token is taken. */
  constructor(keys: GoogleKeys, clientIds: readonly string[]) {
    this.#keys = keys;
    this.#clientIds = clientIds;
  }

  /** @throws UNAUTHENTICATED for a token that is not good; UNAVAILABLE where that cannot be known; FORBIDDEN where Google is not set up. */
  async read(token: string): Promise<GooglePerson> {
    if (!isToken(token)) throw notGood();
    if (this.#clientIds.length === 0) throw forbidden('Signing in with Google is not set up here.');
    return personOf(await this.#verified(token));
  }

  async #verified(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.#keys.find, {
        algorithms: ['RS256'],
        issuer: issuers,
        audience: [...this.#clientIds],
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw notGood();
      throw error;
    }
  }
}

const notGood = (): KopruError => unauthenticated('The Google token is not valid, or has expired.');

/** Whether it is a token at all, whoever signed it. */
function isToken(token: string): boolean {
  try {
    decodeJwt(token);
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

function personOf({ sub, email, email_verified: verified, hd, name, picture }: JWTPayload): GooglePerson {
  if (typeof sub !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(sub))
    throw unauthenticated('The Google token names nobody.');
  const address = textOf(email);
  const emailVerified = address !== null && (verified === true || verified === 'true');
  const ofGoogle = address !== null && /@gmail\.com$/i.test(address);
  return {
    id: sub,
    email: address,
    emailVerified,
    emailVouched: emailVerified && (ofGoogle || textOf(hd) !== null),
    name: textOf(name),
    picture: textOf(picture),
  };
}

const textOf = (claim: unknown): string | null => (typeof claim === 'string' && claim !== '' ? claim : null);
