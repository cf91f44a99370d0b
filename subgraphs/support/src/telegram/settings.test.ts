import { ConfigError, readSettings } from '@kopru/runtime/config.ts';
import { expect, test } from 'vitest';
import { telegramSettings, telegramSetup } from './settings.ts';

const setup = (environment: NodeJS.ProcessEnv) => telegramSetup(readSettings(telegramSettings, environment));
const bot = { TELEGRAM_BOT_TOKEN: '123:a-secret', TELEGRAM_CHAT_ID: '-100123' };
const webhook = { TELEGRAM_WEBHOOK_URL: 'https://chat.example/telegram/webhook', TELEGRAM_WEBHOOK_SECRET: 'shh' };

test('Telegram is used where there is a bot', () => {
  expect(setup({})).toBeNull();
  const usual = {
    token: '123:a-secret',
    botId: 123,
    agentsChat: '-100123',
    apiRoot: 'https://api.telegram.org',
    webhook: undefined,
  };
  expect(setup(bot)).toEqual(usual);
  expect(setup({ ...bot, ...webhook, TELEGRAM_API_ROOT: 'http://127.0.0.1:81/' })).toEqual({
    ...usual,
    apiRoot: 'http://127.0.0.1:81',
    webhook: { url: webhook.TELEGRAM_WEBHOOK_URL, secret: 'shh' },
  });
});

test('what is set in half, or cannot be, is told without its secrets', () => {
  const { TELEGRAM_CHAT_ID: _, ...withoutChat } = bot;
  const { TELEGRAM_WEBHOOK_SECRET: __, ...withoutSecret } = webhook;
  const wrong = [withoutChat, { ...bot, ...withoutSecret }, { ...bot, TELEGRAM_CHAT_ID: '@agents' }];
  for (const environment of [...wrong, { ...bot, TELEGRAM_BOT_TOKEN: 'a-secret/..' }]) {
    expect(() => setup(environment)).toThrow(ConfigError);
    expect(() => setup(environment)).not.toThrow('a-secret');
  }
});
