import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, importJWK, importPKCS8, type JWK } from 'jose';

/** The Ed25519 pair that every token of an installation is signed with. */
export interface SigningKeys {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Reads a PKCS #8 PEM; `\n` may be written as the two characters, as environment files do. */
export async function keysFromPem(pem: string): Promise<SigningKeys> {
  const privateKey = await importPKCS8(pem.replaceAll('\\n', '\n'), 'EdDSA', { extractable: true });
  const { d: _private, ...publicJwk } = (await exportJWK(privateKey)) as JWK;
  const publicKey = (await importJWK(publicJwk, 'EdDSA')) as CryptoKey;
  return { id: await calculateJwkThumbprint(publicJwk), privateKey, publicKey };
}

/** The pair kept under the data directory; made at the first start, readable by its owner alone. */
export async function keysFromDirectory(dataDir: string): Promise<SigningKeys> {
  const path = join(dataDir, 'jwt-private-key.pem');
  await mkdir(dataDir, { recursive: true });
  const fresh = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    await writeFile(path, fresh, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return keysFromPem(await readFile(path, 'utf8'));
}
