import { overOwnStores } from '../own-servers.ts';
import { shortages } from './faults/shortages.ts';

overOwnStores((place, stores) => {
  shortages(place, stores);
});
