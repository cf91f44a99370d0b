import { connectionType } from '@kopru/runtime/subgraph/connection.ts';
import { Dream } from './dream.ts';

export const DreamConnection = connectionType('Dream', () => Dream);
