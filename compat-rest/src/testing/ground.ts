import { generateKeyPairSync } from 'node:crypto';
import { keysFromPem } from '@kopru/runtime/auth/keys.ts';
import { Revocations } from '@kopru/runtime/auth/revocations.ts';
import { Tokens } from '@kopru/runtime/auth/tokens.ts';
import { openMemoryLog } from '@kopru/runtime/events/memory.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { createLogger } from '@kopru/runtime/logger.ts';

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Tokens and the news of sessions that end, over a log in memory. */
export async function openTestGround() {
  const logger = createLogger('test', 'silent');
  const log = openMemoryLog({ logger });
  const revocations = new Revocations({ log, topic: 'sessions', lifetime: 1800, load: async () => [] });
  const tokens = new Tokens(await keysFromPem(pem), revocations);
  return {
    logger,
    log,
    revocations,
    tokens,
    async endSession(sessionId: string, userId = newId()): Promise<void> {
      const at = new Date().toISOString();
      const payload = { sessionId, userId, revokedAt: at };
      await log.append([{ id: newId(), type: 'session.revoked', topics: ['sessions'], payload, at }]);
    },
    async [Symbol.asyncDispose]() {
      await revocations.close();
      await log.close();
    },
  };
}
