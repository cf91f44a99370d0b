import { connectionType } from '@kopru/runtime/subgraph/connection.ts';
import { SupportThread } from './thread.ts';

export const SupportThreadConnection = connectionType('SupportThread', () => SupportThread);
