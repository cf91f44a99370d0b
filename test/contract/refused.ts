import { expect } from 'vitest';
import type { Reply } from '../client/rest.ts';
import { type ErrorCode, errors } from './inventory.ts';

/** Expects the documented error: its status, and the envelope with its code. */
export function expectRefused(reply: Reply, ...codes: readonly [ErrorCode, ...ErrorCode[]]): void {
  const allowed = codes.map((code) => ({ status: errors[code].status as number, error_code: Number(code) }));
  const body = reply.body as { error_code?: unknown; msg?: unknown };
  const got = { status: reply.status, error_code: body?.error_code };
  expect(allowed, `${reply.call} answered ${reply.status} ${JSON.stringify(reply.body)}`).toContainEqual(got);
  expect(body.msg, reply.call).toMatch(/^[^A-Z]+$/);
}
