import { run } from '@kopru/runtime/service.ts';
import { legacyEvents } from '@kopru/schema/legacy-events.ts';
import { subgraphUrls } from '@kopru/schema/subgraphs.ts';
import { community } from './subgraph.ts';

await run(community, subgraphUrls, legacyEvents);
