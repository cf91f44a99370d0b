import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { counted } from './counted.ts';
import { MemoryQuota } from './memory.ts';

test('refusals show by what was counted, and not by whom', async () => {
  const registry = new Registry();
  const quota = counted(new MemoryQuota(), registry);
  for (const who of ['ann', 'bob']) for (let time = 0; time < 3; time++) await quota.take(`uploads ${who}`, 1, 60);
  expect(await registry.metrics()).toContain('kopru_rate_limited_total{limit="uploads"} 4');
  expect(await registry.metrics()).not.toContain('ann');
});
