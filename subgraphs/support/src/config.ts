import type { Settings } from '@kopru/runtime/config.ts';
import { storageSettings } from '@kopru/runtime/storage/settings.ts';

/** What support reads beyond what every service does. */
export const supportSettings = {
  ...storageSettings,
} as const satisfies Settings;
