import type { Settings } from '@kopru/runtime/config.ts';
import { storageSettings } from '@kopru/runtime/storage/settings.ts';
import { telegramSettings } from './telegram/settings.ts';

/** What support reads beyond what every service does. */
export const supportSettings = {
  ...storageSettings,
  ...telegramSettings,
} as const satisfies Settings;
