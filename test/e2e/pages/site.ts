import type { Place } from '../../place.ts';

/** The server of the pages, as a browser and its operator have it. */
export interface Site {
  readonly origin: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The site of an installation in one process. */
export function siteOf(place: Place): Site {
  const service = () => {
    const found = place.installation.services.get('start');
    if (!found) throw new Error('The installation is not one process.');
    return found;
  };
  return {
    get origin() {
      return new URL(place.installation.rest[0]).origin;
    },
    stop: () => service().stop(),
    start: () => service().start(),
  };
}
