import { overCluster } from '../place.ts';
import { access } from './stories/access.ts';
import { conversation } from './stories/conversation.ts';
import { dreams } from './stories/dreams.ts';
import { gateway, gatewayRestart } from './stories/gateway.ts';
import { graph } from './stories/graph.ts';
import { outside } from './stories/outside.ts';
import { presence } from './stories/presence.ts';
import { restart } from './stories/restart.ts';
import { screens } from './stories/screens.ts';
import { support } from './stories/support.ts';
import { supportChat, supportChatRestart } from './stories/support-chat.ts';

overCluster((place, backend) => {
  conversation(place);
  presence(place);
  access(place);
  graph(place);
  screens(place);
  gateway(place);
  support(place);
  dreams(place);
  outside(place, backend);
  restart(place);
  supportChat(place);
  gatewayRestart(place);
  supportChatRestart(place);
});
