import { ConfigError, type Settings, secret, text, url, type Values } from '@kopru/runtime/config.ts';

/** How the agents are reached in Telegram. */
export const telegramSettings = {
  TELEGRAM_BOT_TOKEN: secret(
    'The bot through which agents read and answer visitors in Telegram, who also get their one-time codes from it. Telegram is not used where absent.',
    'a token as BotFather gives it, 123456:ABC-DEF',
    (value) => /^\d+:[\w-]+$/.test(value),
  ),
  TELEGRAM_CHAT_ID: {
    ...text('The chat of the agents, which the bot is in; whoever writes there is an agent.', ''),
    takes: 'the number of a chat, which for groups begins with -',
    parse: (value: string) => (/^-?\d{1,19}$/.test(value) ? value : undefined),
  },
  TELEGRAM_API_ROOT: {
    ...url('Where the Bot API is reached.', ['https:', 'http:']),
    fallback: 'https://api.telegram.org' as string,
    secret: false,
  },
  TELEGRAM_WEBHOOK_URL: {
    ...url(
      'Where Telegram reaches POST /telegram/webhook of compat-rest. Without it, one process at a time asks Telegram for news.',
      ['https:', 'http:'],
    ),
    secret: false,
  },
  TELEGRAM_WEBHOOK_SECRET: secret(
    'What Telegram shows with each update that it brings; goes with TELEGRAM_WEBHOOK_URL.',
    '1 to 256 letters, digits and any of _ -',
    (value) => /^[\w-]{1,256}$/.test(value),
  ),
} as const satisfies Settings;

/** Telegram as it is set up. */
export interface TelegramSetup {
  readonly token: string;
  /** The bot's own, with which its token begins. */
  readonly botId: number;
  readonly agentsChat: string;
  /** Without a slash at its end. */
  readonly apiRoot: string;
  /** Absent where Telegram is asked for news. */
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
}

/** Null where Telegram is not used. @throws ConfigError for what is set in half */
export function telegramSetup(settings: Values<typeof telegramSettings>): TelegramSetup | null {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_CHAT_ID: agentsChat, TELEGRAM_API_ROOT: apiRoot } = settings;
  const { TELEGRAM_WEBHOOK_URL: webhookUrl, TELEGRAM_WEBHOOK_SECRET: webhookSecret } = settings;
  if (token === undefined) return null;
  if (!agentsChat) throw new ConfigError('TELEGRAM_BOT_TOKEN is set; it takes TELEGRAM_CHAT_ID, too.');
  if ((webhookUrl === undefined) !== (webhookSecret === undefined))
    throw new ConfigError('TELEGRAM_WEBHOOK_URL and TELEGRAM_WEBHOOK_SECRET go together; one of them is not set.');
  const webhook = webhookUrl && webhookSecret ? { url: webhookUrl, secret: webhookSecret } : undefined;
  return { token, botId: Number.parseInt(token, 10), agentsChat, apiRoot: apiRoot.replace(/\/+$/, ''), webhook };
}
