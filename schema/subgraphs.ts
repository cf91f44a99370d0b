/** The subgraphs of an installation, and where each is reached and listens unless `SUBGRAPH_<NAME>_URL` says otherwise. */
export const subgraphUrls = {
  identity: 'http://127.0.0.1:4001/graphql',
  community: 'http://127.0.0.1:4002/graphql',
  messaging: 'http://127.0.0.1:4003/graphql',
  support: 'http://127.0.0.1:4004/graphql',
  dreams: 'http://127.0.0.1:4005/graphql',
} as const;
