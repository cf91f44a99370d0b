import { overOwnServers } from '../place.ts';
import { gatewayFaults } from './faults/gateway.ts';
import { serviceFaults } from './faults/services.ts';
import { everyEvent } from './stories/every-event.ts';

overOwnServers((place, servers) => {
  everyEvent(place);
  gatewayFaults(place, servers);
  serviceFaults(place);
});
