import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

describe('a turnstile', () => {
  const held = () => Promise.withResolvers<void>();

  it('lets its width in at a time, the others in the order of asking', async () => {
    const turnstile = new Turnstile(2, 10);
    const gates = [held(), held(), held(), held()];
    const entered: number[] = [];
    const all = gates.map(({ promise }, place) =>
      turnstile.run(async () => {
        entered.push(place);
        await promise;
        return place;
      }),
    );
    expect(entered).toEqual([0, 1]);
    gates[1]?.resolve();
    await all[1];
    await expect.poll(() => entered).toEqual([0, 1, 2]);
    for (const { resolve } of gates) resolve();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  });

  it('turns away whoever comes when as many wait as may, and lets in again after', async () => {
    const turnstile = new Turnstile(1, 1);
    const gate = held();
    const running = turnstile.run(() => gate.promise);
    const waiting = turnstile.run(async () => 'second');
    await expect(turnstile.run(async () => 'third')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      extensions: { retryAfter: 5 },
    });
    gate.resolve();
    await running;
    expect(await waiting).toBe('second');
    expect(await turnstile.run(async () => 'fourth')).toBe('fourth');
  });

  it('passes failures on and stays open', async () => {
    const turnstile = new Turnstile(1, 1);
    await expect(turnstile.run(() => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
    expect(await turnstile.run(async () => 'next')).toBe('next');
  });
});
