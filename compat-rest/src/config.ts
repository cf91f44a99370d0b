import { frontSettings, port, type Settings, type Values } from '@kopru/runtime/config.ts';

/** What compat-rest reads beyond what every service does. */
export const compatSettings = {
  LEGACY_PORT: port('The older REST and WebSocket interfaces. 0 takes any free port.', 8000),
  ...frontSettings,
} as const satisfies Settings;
export type CompatSettings = Values<typeof compatSettings>;
