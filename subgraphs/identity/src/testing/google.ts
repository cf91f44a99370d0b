import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

const clientId = 'kopru-web.apps.example.com';

/** What a token says; undefined leaves out what it usually does. */
export type Claims = { readonly [Claim in keyof JWTPayload]?: JWTPayload[Claim] | undefined };

interface Key {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Google, as far as this system knows it: keys behind a URL, and tokens signed with them. */
export class TestGoogle implements AsyncDisposable {
  readonly #server: Server;
  #keys: Key[] = [];
  /** The `Cache-Control` of the keys. */
  cacheControl = 'public, max-age=3600';
  /** How the server of the keys answers, if not with them. */
  failure: number | 'nonsense' | 'hang up' | undefined;
  /** How often the keys were fetched. */
  fetched = 0;

  private constructor() {
    this.#server = createServer((_request, response) => {
      this.fetched++;
      if (this.failure === 'hang up') return void response.destroy();
      if (typeof this.failure === 'number') return void response.writeHead(this.failure).end();
      if (this.failure === 'nonsense') return void response.end('<html>');
      void this.#set().then((set) => {
        response.writeHead(200, { 'content-type': 'application/json', 'cache-control': this.cacheControl });
        response.end(JSON.stringify(set));
      });
    });
  }

  static async open(): Promise<TestGoogle> {
    const google = new TestGoogle();
    google.#server.listen(0, '127.0.0.1');
    await once(google.#server, 'listening');
    await google.rotate();
    return google;
  }

  /** What makes a service trust this Google. */
  get settings(): { readonly GOOGLE_CLIENT_IDS: string; readonly GOOGLE_JWKS_URL: string } {
    const { port } = this.#server.address() as AddressInfo;
    return {
      GOOGLE_CLIENT_IDS: `other.apps.example.com, ${clientId}`,
      GOOGLE_JWKS_URL: `http://127.0.0.1:${port}/certs`,
    };
  }

  /** The newest key. */
  get key(): Key {
    const key = this.#keys.at(-1);
    if (!key) throw new Error('There is no key.');
    return key;
  }

  /** A new key that signs from here on; those before it are gone unless they are kept. */
  async rotate({ keep = false } = {}): Promise<void> {
    const pair = await generateKeyPair('RS256', { extractable: true });
    this.#keys = [...(keep ? this.#keys : []), { id: crypto.randomUUID(), ...pair }];
  }

  /** An ID token of somebody, good unless `claims` or `key` say otherwise. */
  token(claims: Claims, key = this.key): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const usual = {
      iss: 'https://accounts.google.com',
      aud: clientId,
      iat: now,
      exp: now + 3600,
      email_verified: true,
    };
    // What is undefined is left out.
    const payload: JWTPayload = JSON.parse(JSON.stringify({ ...usual, ...claims }));
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: key.id }).sign(key.privateKey);
  }

  async #set() {
    const keys = this.#keys.map(async ({ id, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      kid: id,
      alg: 'RS256',
      use: 'sig',
    }));
    return { keys: await Promise.all(keys) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
