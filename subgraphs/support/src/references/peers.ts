import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';

/** Other subgraphs by their names. */
export type Peers = (name: string) => SubgraphClient;
