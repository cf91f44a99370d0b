import { overCluster, overEveryBackend } from '../place.ts';
import { odd } from './security/odd.ts';
import { ports } from './security/ports.ts';
import { sharing } from './security/sharing.ts';
import { strangers } from './security/strangers.ts';

overEveryBackend((place) => {
  strangers(place);
  sharing(place);
  odd(place);
});

overCluster((place) => {
  ports(place);
});
