import { overCluster } from '../place.ts';
import { access } from './stories/access.ts';
import { conversation } from './stories/conversation.ts';
import { graph } from './stories/graph.ts';
import { presence } from './stories/presence.ts';
import { restart } from './stories/restart.ts';
import { screens } from './stories/screens.ts';

overCluster((place) => {
  conversation(place);
  presence(place);
  access(place);
  graph(place);
  screens(place);
  restart(place);
});
