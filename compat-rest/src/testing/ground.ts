import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commonSettings, readSettings } from '@kopru/runtime/config.ts';
import { type Ground, openGround } from '@kopru/runtime/ground.ts';
import { newId } from '@kopru/runtime/ids.ts';

const JWT_PRIVATE_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export interface TestGround extends Ground {
  /** Ends a session as identity does it. */
  endSession(sessionId: string): Promise<void>;
}

/** A ground in memory, whose identity knows of no session that ended before. */
export async function openTestGround(): Promise<TestGround> {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'kopru-'));
  const settings = readSettings(commonSettings, { NODE_ENV: 'test', LOG_LEVEL: 'silent', JWT_PRIVATE_KEY, DATA_DIR });
  const ground = await openGround('test', settings);
  const unasked = (): never => {
    throw new Error("The test's identity answers operations only.");
  };
  ground.register({
    name: 'identity',
    execute: async () => ({ data: { revokedSessions: [] } }),
    handshake: unasked,
    project: unasked,
  });
  return {
    ...ground,
    async close() {
      await ground.close();
      await rm(DATA_DIR, { recursive: true });
    },
    async endSession(sessionId) {
      const at = new Date().toISOString();
      const payload = { sessionId, userId: newId(), revokedAt: at };
      await ground.log.append([{ id: newId(), type: 'session.revoked', topics: ['sessions'], payload, at }]);
    },
  };
}
