import { run } from '@kopru/runtime/service.ts';
import { subgraphUrls } from '@kopru/schema/subgraphs.ts';
import { identity } from './subgraph.ts';

await run(identity, subgraphUrls);
