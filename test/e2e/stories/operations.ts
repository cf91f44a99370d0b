import type { GraphClient } from '../../client/graphql.ts';

/** What a message looks like in every story, with fields of three subgraphs. */
export interface GraphMessage {
  readonly id: string;
  readonly content: string;
  readonly author: { readonly id: string; readonly username: string };
}

const message = 'id content author { id username }';

const channelMessages = /* GraphQL */ `
  query ChannelMessages($channelId: ID!) {
    channel(id: $channelId) { messages(last: 100) { edges { node { ${message} } } } }
  }`;

export const messageCreated = /* GraphQL */ `
  subscription MessageCreated($channelId: ID!) { messageCreated(channelId: $channelId) { ${message} } }`;
export type MessageCreatedData = { readonly messageCreated: GraphMessage };

export const channelEvents = /* GraphQL */ `
  subscription ChannelEvents($channelId: ID!) {
    channelEvents(channelId: $channelId) {
      __typename
      ... on MessageCreated { message { ${message} } }
      ... on TypingStarted { user { id } }
    }
  }`;
export type ChannelEventsData = {
  readonly channelEvents:
    | { readonly __typename: 'MessageCreated'; readonly message: GraphMessage }
    | { readonly __typename: 'TypingStarted'; readonly user: { readonly id: string } };
};

export const viewerEvents = /* GraphQL */ `
  subscription ViewerEvents {
    viewerEvents {
      __typename
      ... on MessageCreated { message { ${message} } }
      ... on ChannelCreated { channel { id } }
      ... on MemberAdded { server { id } user { id } }
      ... on MemberRemoved { serverId user { id } }
      ... on DirectChannelOpened { channel { id recipients { id } } }
    }
  }`;
export type ViewerEventsData = {
  readonly viewerEvents: {
    readonly __typename: string;
    readonly message?: GraphMessage;
    readonly channel?: { readonly id: string };
    readonly server?: { readonly id: string };
    readonly serverId?: string;
    readonly user?: { readonly id: string };
  };
};

/** Sends a message by GraphQL, and gives it. */
export async function sendMessage(
  graph: GraphClient,
  input: { readonly channelId: string; readonly content: string; readonly nonce?: string },
): Promise<GraphMessage> {
  const { sendMessage } = await graph.run<{ sendMessage: { message: GraphMessage } }>(
    `mutation SendMessage($input: SendMessageInput!) { sendMessage(input: $input) { message { ${message} } } }`,
    { input },
  );
  return sendMessage.message;
}

/** The ids of a channel's messages, oldest first, as GraphQL has them. */
export async function history(graph: GraphClient, channelId: string): Promise<string[]> {
  const { channel } = await graph.run<{ channel: { messages: { edges: { node: GraphMessage }[] } } }>(channelMessages, {
    channelId,
  });
  return channel.messages.edges.map(({ node }) => node.id);
}

/** A mutation of which only the errors matter. */
export const mutate = (graph: GraphClient, name: string, inputType: string, input: object, payload: string) =>
  graph.run(`mutation M($input: ${inputType}!) { ${name}(input: $input) { ${payload} } }`, { input });
