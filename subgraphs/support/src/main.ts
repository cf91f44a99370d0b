import { run } from '@kopru/runtime/service.ts';
import { legacyEvents } from '@kopru/schema/legacy-events.ts';
import { subgraphUrls } from '@kopru/schema/subgraphs.ts';
import { support } from './subgraph.ts';

await run(support, subgraphUrls, legacyEvents);
