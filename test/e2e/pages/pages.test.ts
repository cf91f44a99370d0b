import { inject, test } from 'vitest';
import { overEveryBackend } from '../../place.ts';
import { Browsers } from './browser.ts';
import { desk } from './desk.ts';
import { embed, embedSettings } from './embed.ts';
import { login } from './login.ts';
import { looks } from './looks.ts';
import { network } from './network.ts';
import { Agents } from './people.ts';
import { siteOf } from './site.ts';
import { talk } from './talk.ts';

const { version, reason } = inject('services').chromium;

if (version)
  overEveryBackend((place) => {
    const browsers = new Browsers();
    const site = siteOf(place);
    const cast = { browsers, site, agents: new Agents(browsers, site) };
    talk(cast);
    looks(cast);
    login(cast);
    embed(cast);
    network(cast);
    desk(cast);
  }, embedSettings);
else test.skip(`left out: ${reason}`, () => undefined);
