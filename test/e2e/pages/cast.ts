import type { Browsers } from './browser.ts';
import type { Agents } from './people.ts';
import type { Site } from './site.ts';

/** Who and what a story is about. */
export interface Cast {
  readonly browsers: Browsers;
  readonly site: Site;
  readonly agents: Agents;
}
