import { inspect } from 'node:util';
import { readSettings } from '@kopru/runtime/config.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalTelegram } from '../testing/telegram.ts';
import { telegramSettings, telegramSetup } from './settings.ts';
import { TelegramApi, TelegramFailure } from './telegram.api.ts';

let telegram: LocalTelegram;
let api: TelegramApi;

const apiFor = (more: Record<string, string> = {}): TelegramApi => {
  const setup = telegramSetup(readSettings(telegramSettings, { ...telegram.settings, ...more }));
  if (!setup) throw new Error('Telegram is not set up.');
  return new TelegramApi(setup);
};
const failureOf = async (asked: Promise<unknown>): Promise<TelegramFailure> => {
  const error = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(TelegramFailure);
  // As a logger sees it, with whatever hangs on it.
  const seen = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
  for (const secret of [telegram.token, 'a-secret', 'the code 123456']) expect(seen).not.toContain(secret);
  return error as TelegramFailure;
};

beforeEach(async () => {
  telegram = await LocalTelegram.open();
  api = apiFor();
});
afterEach(() => telegram[Symbol.asyncDispose]());

test('a refusal says why, and when to ask again', async () => {
  telegram.judge = () => ({ code: 429, description: 'Too Many Requests', parameters: { retry_after: 7 } });
  expect(await failureOf(api.sendText('1', 'the code 123456'))).toMatchObject({
    code: 429,
    retryAfter: 7,
    final: false,
  });
  telegram.judge = () => ({ code: 403, description: 'Forbidden: bot was blocked by the user' });
  const blocked = await failureOf(api.sendText('1', 'the code 123456'));
  expect(blocked).toMatchObject({ code: 403, final: true, message: expect.stringContaining('blocked by the user') });
  expect((await failureOf(apiFor({ TELEGRAM_BOT_TOKEN: '1:a-secret' }).sendText('1', 'x'))).code).toBe(401);
});

test('where it is not reached, nothing is said of what was asked, or where', async () => {
  telegram.judge = () => 'cut';
  expect(await failureOf(api.sendText('1', 'the code 123456'))).toMatchObject({ code: 0, final: false });
  const nowhere = apiFor({ TELEGRAM_API_ROOT: 'http://127.0.0.1:1' });
  for (const asked of [
    nowhere.sendText('1', 'x'),
    nowhere.download('x'),
    nowhere.updates(1, AbortSignal.timeout(5_000)),
  ])
    expect((await failureOf(asked)).message).toMatch(/^Telegram cannot be reached: \w+$/);
  expect((await failureOf(api.sendText('1', 'x', AbortSignal.abort()))).code).toBe(0);
});

test('a file that it does not give is a failure', async () => {
  expect((await failureOf(api.download('gone'))).final).toBe(true);
});
