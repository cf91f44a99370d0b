import { Counter, type Registry } from 'prom-client';
import type { Quota } from './quota.ts';

/** The same quota, whose refusals show in the metrics: by what is counted, which is the first word of a key. */
export function counted(quota: Quota, registry: Registry): Quota {
  const refusals = new Counter({
    name: 'kopru_rate_limited_total',
    help: 'How often somebody was refused for doing a thing too often, by what it was.',
    labelNames: ['limit'],
    registers: [registry],
  });
  return {
    async take(key, limit, windowSeconds) {
      const taken = await quota.take(key, limit, windowSeconds);
      if (!taken.ok) refusals.inc({ limit: key.split(' ', 1)[0] ?? '' });
      return taken;
    },
    giveBack: (key) => quota.giveBack(key),
    count: (key) => quota.count(key),
    forget: (key) => quota.forget(key),
    close: () => quota.close(),
  };
}
