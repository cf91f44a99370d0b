import { compatSettings } from '@kopru/compat-rest/config.ts';
import { routerSettings } from '@kopru/router/config.ts';
import { commonSettings, port, type Settings, subgraphUrlSettings } from '@kopru/runtime/config.ts';
import { subgraphUrls } from '@kopru/schema/subgraphs.ts';

/** Every setting of every service, which one process reads all of. `.env.example` lists them. */
export const settings = {
  ...commonSettings,
  ...routerSettings,
  ...compatSettings,
  GATEWAY_WS_PORT: port('Where the WebSocket Gateway will be served; nothing listens there yet.', 3005),
  GATEWAY_HTTP_PORT: port('Where the WebSocket Gateway will answer HTTP; nothing listens there yet.', 3006),
  ...subgraphUrlSettings(subgraphUrls),
} as const satisfies Settings;
