import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commonSettings, readSettings } from '@kopru/runtime/config.ts';
import { type Ground, openGround } from '@kopru/runtime/ground.ts';
import { newId } from '@kopru/runtime/ids.ts';

const JWT_PRIVATE_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export interface TestGround extends Ground {
  /** Begins the session of an agent, and gives the cookie of their browser. */
  agent(
    userId?: string,
    lifetime?: number,
  ): Promise<{ readonly userId: string; readonly sessionId: string; readonly cookie: string }>;
  /** Ends a session as identity does it. */
  endSession(sessionId: string): Promise<void>;
}

/** A ground in memory, whose identity knows of no session that ended before. */
export async function openTestGround(): Promise<TestGround> {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'kopru-'));
  const settings = readSettings(commonSettings, { NODE_ENV: 'test', LOG_LEVEL: 'silent', JWT_PRIVATE_KEY, DATA_DIR });
  const ground = await openGround('test', settings);
  /** By session, whose it is and for how many seconds its tokens are good. */
  const agents = new Map<string, { readonly userId: string; readonly lifetime: number | undefined }>();
  const unasked = (): never => {
    throw new Error("The test's identity answers operations only.");
  };
  ground.register({
    name: 'identity',
    execute: async ({ query, variables }) => {
      if (!query.includes('sessionAccess')) return { data: { revokedSessions: [] } };
      const sessionId = String(variables?.sessionId);
      const session = agents.get(sessionId);
      if (!session) return { data: { sessionAccess: null } };
      const { userId, lifetime } = session;
      const more = { agent: true, ...(lifetime !== undefined && { lifetime }) };
      const { token } = await ground.tokens.signAccess(userId, sessionId, more);
      return { data: { sessionAccess: { token } } };
    },
    handshake: unasked,
    project: unasked,
  });
  return {
    ...ground,
    async agent(userId = newId(), lifetime) {
      const sessionId = newId();
      agents.set(sessionId, { userId, lifetime });
      return { userId, sessionId, cookie: `kopru_agent=${await ground.tokens.signBrowser(userId, sessionId)}` };
    },
    async close() {
      await ground.close();
      await rm(DATA_DIR, { recursive: true });
    },
    async endSession(sessionId) {
      agents.delete(sessionId);
      const at = new Date().toISOString();
      const payload = { sessionId, userId: newId(), revokedAt: at };
      await ground.log.append([{ id: newId(), type: 'session.revoked', topics: ['sessions'], payload, at }]);
    },
  };
}
