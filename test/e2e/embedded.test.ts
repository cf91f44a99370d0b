import { overEveryBackend } from '../place.ts';
import { access } from './stories/access.ts';
import { conversation } from './stories/conversation.ts';
import { dreamalyze } from './stories/dreamalyze.ts';
import { dreams } from './stories/dreams.ts';
import { files } from './stories/files.ts';
import { gateway } from './stories/gateway.ts';
import { graph } from './stories/graph.ts';
import { oneInbox } from './stories/inbox.ts';
import { presence } from './stories/presence.ts';
import { screens } from './stories/screens.ts';
import { support } from './stories/support.ts';
import { supportChat } from './stories/support-chat.ts';

overEveryBackend((place) => {
  conversation(place);
  presence(place);
  access(place);
  graph(place);
  screens(place);
  dreams(place);
  gateway(place);
  support(place);
  files(place);
  dreamalyze(place);
  oneInbox(place);
  supportChat(place);
});
