import { broadcast } from './broadcast.ts';

const subscription =
  'subscription ($id: ID!) { messageCreated(channelId: $id) { id content createdAt author { id username } } }';

/** graphql-ws, with a field that another subgraph adds to each event. */
export const live = (): Promise<void> =>
  broadcast({
    name: 'live: graphql-ws',
    url: ({ graphql }) => graphql,
    protocol: 'graphql-transport-ws',
    script: ({ token }, { channelId }) => [
      { say: JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }) },
      {
        after: 'connection_ack',
        say: JSON.stringify({
          id: '1',
          type: 'subscribe',
          payload: { query: subscription, variables: { id: channelId } },
        }),
      },
    ],
  });

/** The WebSocket Gateway, in the dialect of its document. */
export const gateway = (): Promise<void> =>
  broadcast({
    name: 'gateway: WebSocket Gateway',
    url: ({ gateway }) => gateway,
    script: ({ token }, { serverId }) => [
      { say: JSON.stringify({ op: 'IDENTIFY', data: { token } }) },
      { after: 'READY', say: JSON.stringify({ op: 'GUILD_SUBSCRIBE', data: { guildId: serverId } }) },
    ],
  });
