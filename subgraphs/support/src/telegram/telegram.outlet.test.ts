import { createLogger } from '@kopru/runtime/logger.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalTelegram } from '../testing/telegram.ts';
import { TelegramApi } from './telegram.api.ts';
import { TelegramOutlet } from './telegram.outlet.ts';

let telegram: LocalTelegram;
let outlet: TelegramOutlet;

beforeEach(async () => {
  telegram = await LocalTelegram.open();
  const { setup } = telegram;
  const logger = createLogger('test', 'silent');
  outlet = new TelegramOutlet({ ...setup, api: new TelegramApi(setup), logger, wake: () => undefined });
});
afterEach(async () => {
  vi.useRealTimers();
  await telegram[Symbol.asyncDispose]();
});

test('a code is not tried again where it may come after nine seconds', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  telegram.judge = () => {
    vi.setSystemTime(Date.now() + 3_000);
    return 'cut';
  };
  await expect(outlet.deliverAgentCode('123456')).rejects.toThrow('cannot be reached in Telegram');
  expect(telegram.calls).toHaveLength(2);
});

test.each([
  [4, true],
  [7, false],
])('a code waits for %d seconds where Telegram wants that: %s', async (seconds, comes) => {
  let refusals = 1;
  telegram.judge = () =>
    refusals-- > 0 ? { code: 429, description: 'Too Many', parameters: { retry_after: seconds } } : undefined;
  const came = await outlet.deliverAgentCode('123456').catch(() => false);
  expect([came, telegram.sent.length]).toEqual([comes, comes ? 1 : 0]);
});
