import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestIdentity } from '../testing/people.ts';
import { AgentCode } from './agent.code.ts';
import { AgentCodes } from './agent.codes.ts';

describe.each(backends)('the one-time codes of agents on $name', ({ open }) => {
  let identity: TestIdentity;
  let codes: AgentCodes;
  beforeAll(async () => {
    identity = await TestIdentity.open(open);
    codes = new AgentCodes(identity.graph.database, identity.graph.ground.tokens);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => identity[Symbol.asyncDispose]());

  const redeem = (code: string) => identity.graph.database.write((tx) => codes.redeem(tx, code));
  const rows = () => identity.graph.database.reader.find(AgentCode);
  const other = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

  it('are six digits, good once', async () => {
    const { code, expiresAt } = await codes.issue();
    expect(code).toMatch(/^\d{6}$/);
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(290_000);
    expect(await redeem(code)).toBe(true);
    expect(await redeem(code)).toBe(false);
    expect(await rows()).toEqual([]);
  });

  it('are good for one of many who show them at once', async () => {
    const { code } = await codes.issue();
    const redeemed = await Promise.all(Array.from({ length: 20 }, () => redeem(code)));
    expect(redeemed.filter(Boolean)).toHaveLength(1);
  });

  it('are good for five minutes', async () => {
    const { code } = await codes.issue();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 60_000 });
    expect(await redeem(code)).toBe(false);
  });

  it('give way to the next', async () => {
    const { code: before } = await codes.issue();
    const { code } = await codes.issue();
    if (before !== code) expect(await redeem(before)).toBe(false);
    expect(await redeem(code)).toBe(true);
  });

  it('survive four wrong tries and not the fifth', async () => {
    const { code } = await codes.issue();
    for (let time = 0; time < 4; time++) expect(await redeem(other(code))).toBe(false);
    expect(await redeem(code)).toBe(true);
    const { code: next } = await codes.issue();
    for (let time = 0; time < 5; time++) expect(await redeem(other(next))).toBe(false);
    expect(await redeem(next)).toBe(false);
  });

  it('are compared five times, however many guess at once', async () => {
    const { code } = await codes.issue();
    const compared = vi.spyOn(identity.graph.ground.tokens, 'seal');
    const guesses = Array.from({ length: 100 }, (_, place) => other(code, place + 1));
    expect(await Promise.all(guesses.map(redeem))).not.toContain(true);
    expect(compared).toHaveBeenCalledTimes(5);
    compared.mockRestore();
    expect(await redeem(code)).toBe(false);
  });

  it('cannot be found out from the table alone', async () => {
    const { code } = await codes.issue();
    const [row] = await rows();
    expect(JSON.stringify(row)).not.toContain(code);
    const elsewhere = await TestIdentity.open(open);
    expect(row?.hash).toBe(identity.graph.ground.tokens.seal('agent-code', code));
    expect(row?.hash).not.toBe(elsewhere.graph.ground.tokens.seal('agent-code', code));
    await elsewhere[Symbol.asyncDispose]();
  });

  it('are made void one by one', async () => {
    const { code: before } = await codes.issue();
    const { code } = await codes.issue();
    if (before !== code) await codes.burn(before);
    expect(await rows()).toHaveLength(1);
    await codes.burn(code);
    expect(await redeem(code)).toBe(false);
  });
});
