import { compatSettings } from '@kopru/compat-rest/config.ts';
import { dreamsSettings } from '@kopru/dreams/config.ts';
import { identitySettings } from '@kopru/identity/config.ts';
import { routerSettings } from '@kopru/router/config.ts';
import { commonSettings, type Settings, subgraphUrlSettings } from '@kopru/runtime/config.ts';
import { subgraphUrls } from '@kopru/schema/subgraphs.ts';
import { supportSettings } from '@kopru/support/config.ts';

/** Every setting of every service, which one process reads all of. `.env.example` lists them. */
export const settings = {
  ...commonSettings,
  ...routerSettings,
  ...compatSettings,
  ...identitySettings,
  ...supportSettings,
  ...dreamsSettings,
  ...subgraphUrlSettings(subgraphUrls),
} as const satisfies Settings;
