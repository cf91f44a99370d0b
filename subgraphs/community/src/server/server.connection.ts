import { countedConnectionType } from '../page/page.ts';
import { Server } from './server.ts';

export const ServerConnection = countedConnectionType('Server', () => Server);
