import { countedConnectionType } from '../page/page.ts';
import { Channel } from './channel.ts';

export const ChannelConnection = countedConnectionType('Channel', () => Channel);
