import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, importJWK, importPKCS8, type JWK } from 'jose';
import { ConfigError } from '../config.ts';
import { dataDirError, makeFolder } from '../data-dir.ts';

/** The Ed25519 pair that every token of an installation is signed with. */
export interface SigningKeys {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** What other keys are derived from. */
  readonly secret: Buffer;
}

/** Reads a PKCS #8 PEM; `\n` may be written as the two characters, as environment files do. */
export async function keysFromPem(pem: string): Promise<SigningKeys> {
  const privateKey = await importPKCS8(pem.replaceAll('\\n', '\n'), 'EdDSA', { extractable: true });
  const { d = '', ...publicJwk } = (await exportJWK(privateKey)) as JWK;
  const publicKey = (await importJWK(publicJwk, 'EdDSA')) as CryptoKey;
  const secret = Buffer.from(d, 'base64url');
  return { id: await calculateJwkThumbprint(publicJwk), privateKey, publicKey, secret };
}

/** The pair kept under the data directory; made at the first start, readable by its owner alone. @throws ConfigError */
export async function keysFromDirectory(dataDir: string): Promise<SigningKeys> {
  const path = join(dataDir, 'jwt-private-key.pem');
  const pem = await keptIn(dataDir, path).catch((error: unknown) => {
    throw dataDirError(error, dataDir);
  });
  return keysFromPem(pem).catch((cause: unknown) => {
    throw new ConfigError(`DATA_DIR is ${JSON.stringify(dataDir)}, where ${path} is no Ed25519 private key.`, {
      cause,
    });
  });
}

/** The text of the file; a new key where there is none yet. */
async function keptIn(dataDir: string, path: string): Promise<string> {
  await makeFolder(dataDir);
  const fresh = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  // Under its name it is whole from the first moment on, however the process ends and however full the disk is.
  const aside = `${path}.${randomUUID()}`;
  try {
    await writeFile(aside, fresh, { mode: 0o600 });
    await link(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return readFile(path, 'utf8');
}
