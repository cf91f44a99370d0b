import { run } from '@kopru/runtime/service.ts';
import { legacyEvents } from '@kopru/schema/legacy-events.ts';
import { subgraphUrls } from '@kopru/schema/subgraphs.ts';
import { messaging } from './subgraph.ts';

await run(messaging, subgraphUrls, legacyEvents);
