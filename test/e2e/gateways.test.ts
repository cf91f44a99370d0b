import { overOwnBrokers } from '../own-servers.ts';
import { brokerFaults } from './faults/brokers.ts';
import { serviceFaults } from './faults/services.ts';
import { everyEvent } from './stories/every-event.ts';

overOwnBrokers((place, brokers) => {
  everyEvent(place);
  brokerFaults(place, brokers);
  serviceFaults(place);
});
