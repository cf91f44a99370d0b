import { type Settings, secret, text, url, type Values } from '@kopru/runtime/config.ts';

/** What dreams reads beyond what every service does. */
export const dreamsSettings = {
  ANALYST_URL: url(
    'An OpenAI-compatible endpoint that analyses dreams, such as https://api.openai.com/v1. The built-in analyst does where absent.',
    ['https:', 'http:'],
  ),
  ANALYST_KEY: secret('What the analyst is shown, as a bearer token.', 'text without spaces', (key) =>
    /^[\x21-\x7e]+$/.test(key),
  ),
  ANALYST_MODEL: text('The model that the analyst is asked for.', 'gpt-4.1-mini'),
} as const satisfies Settings;
export type DreamsSettings = Values<typeof dreamsSettings>;
