import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importPKCS8, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

/** A key for an installation of its own, as its settings take it. */
export const newPrivateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** The same token, as it would be an hour after it ran out. */
export function expired(token: string, privateKey: string): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return signed({ ...decodeJwt(token), iat: now - 7_200, exp: now - 3_600 }, token, privateKey);
}

/** Tokens that somebody without the key, or with a key for something else, could make of a good one. */
export async function forgeries(token: string, privateKey: string): Promise<Readonly<Record<string, string>>> {
  const claims = decodeJwt(token);
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const { exp: _exp, ...endless } = claims;
  const { aud: _aud, ...forNobody } = claims;
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
  return {
    'signed by another key': await signed(claims, token, newPrivateKey()),
    'with no signature': new UnsecuredJWT(claims).encode(),
    'with the signature cut off': `${header}.${payload}.`,
    'with other claims under the same signature': `${header}.${encoded({ ...claims, sub: 'somebody-else' })}.${signature}`,
    'signed with the public key as a secret': await new SignJWT(claims)
      .setProtectedHeader({ ...decodeProtectedHeader(token), alg: 'HS256' })
      .sign(Buffer.from(String(publicKey))),
    'for another audience': await signed({ ...claims, aud: 'somebody-else' }, token, privateKey),
    'for a service': await signed({ ...claims, aud: 'kopru-services' }, token, privateKey),
    'for no audience': await signed(forNobody, token, privateKey),
    'of another issuer': await signed({ ...claims, iss: 'somebody-else' }, token, privateKey),
    'that never runs out': await signed(endless, token, privateKey),
    'that is no token': 'made up',
    'of three empty parts': '..',
  };
}

async function signed(claims: JWTPayload, like: string, privateKey: string): Promise<string> {
  const header = { ...decodeProtectedHeader(like), alg: 'EdDSA' };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importPKCS8(privateKey, 'EdDSA'));
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
