import type { Context } from '@kopru/runtime/context.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { askForViewer } from '@kopru/runtime/subgraph/ask.ts';
import type { Peers } from '../references/peers.ts';
import type { People } from '../references/people.ts';
import type { History } from './history.ts';

/** How many messages go along, the one in question among them. */
const most = 21;

const whereQuery = 'query ($id: ID!) { message(id: $id) { channel { id } } }';
const aroundQuery = `query ($channel: [_Any!]!, $id: String!, $most: Int!) { _entities(representations: $channel) {
  ... on Channel { messages(around: $id, first: $most) { edges { node { id content createdAt author { id } } } } }
} }`;
const channelQuery = 'query ($id: ID!) { channel(id: $id) { name server { name } } }';

interface Node {
  readonly id: string;
  readonly content: string;
  readonly createdAt: string;
  readonly author: { readonly id: string };
}
interface Around {
  readonly _entities: readonly [{ readonly messages: { readonly edges: readonly { readonly node: Node }[] } } | null];
}
interface Where {
  readonly message: { readonly channel: { readonly id: string } };
}
interface Named {
  readonly channel: { readonly name: string | null; readonly server: { readonly name: string } | null };
}

/**
 * A message with what was said around it, as its reader sees it: messaging and community look at the viewer's own token.
 * @throws NOT_FOUND (Message) also where they may not read it; UNAVAILABLE
 */
export async function historyOfMessage(
  peer: Peers,
  people: People,
  messageId: string,
  context: Context,
): Promise<History> {
  const where = await askForViewer<Where>(peer('messaging'), whereQuery, { id: messageId }, context);
  const channelId = where.message.channel.id;
  const [around, { channel }] = await Promise.all([
    askForViewer<Around>(
      peer('messaging'),
      aroundQuery,
      { channel: [{ __typename: 'Channel', id: channelId }], id: messageId, most },
      context,
    ),
    askForViewer<Named>(peer('community'), channelQuery, { id: channelId }, context),
  ]);
  const nodes = around._entities[0]?.messages.edges.map(({ node }) => node) ?? [];
  const matter = nodes.findIndex(({ id }) => id === messageId);
  // It was deleted between the two questions.
  if (matter < 0) throw notFound('Message');
  const names = await people.namesOf([...new Set(nodes.map(({ author }) => author.id))], context);
  return {
    title:
      channel.name === null ? 'Direct messages' : `#${channel.name}${channel.server ? `, ${channel.server.name}` : ''}`,
    said: nodes.map(({ content, createdAt, author }) => ({
      by: names.get(author.id) ?? 'Somebody',
      at: createdAt,
      text: content,
    })),
    matter,
  };
}
