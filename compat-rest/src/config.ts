import { frontSettings, list, port, type Settings, type Values, wholeNumber } from '@kopru/runtime/config.ts';
import { storageSettings } from '@kopru/runtime/storage/settings.ts';

/** What compat-rest reads beyond what every service does. */
export const compatSettings = {
  LEGACY_PORT: port('The older REST and WebSocket interfaces. 0 takes any free port.', 8000),
  GATEWAY_WS_PORT: port('The WebSocket Gateway. 0 takes any free port.', 3005),
  GATEWAY_HTTP_PORT: port('What the WebSocket Gateway answers over HTTP. 0 takes any free port.', 3006),
  HEARTBEAT_SECONDS: wholeNumber(
    'How often a client of a socket is asked to send a heartbeat; one that misses two is cut off.',
    30,
    1,
    600,
  ),
  EMBED_ORIGINS: list(
    "The web origins whose pages may show the support chat in a frame, with commas between; * lets all of them. Only this one's own where absent.",
    '*, or origins such as https://shop.example with commas between',
    [],
    (value) => value === '*' || (URL.canParse(value) && new URL(value).origin === value),
  ),
  ...frontSettings,
  ...storageSettings,
} as const satisfies Settings;
export type CompatSettings = Values<typeof compatSettings>;
