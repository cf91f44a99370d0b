import type { Context } from '@kopru/runtime/context.ts';
import { askForViewer } from '@kopru/runtime/subgraph/ask.ts';
import type { Peers } from '../references/peers.ts';
import type { History } from './history.ts';

const dreamQuery = `query ($id: ID!, $most: Int!) { dream(id: $id) {
  title createdAt messages(last: $most) { edges { node { role message createdAt } } }
} }`;

/** How many messages go along, the newest. */
const most = 50;

interface Node {
  readonly role: 'USER' | 'ANALYST' | 'SYSTEM';
  readonly message: string;
  readonly createdAt: string;
}
interface Answer {
  readonly dream: {
    readonly title: string;
    readonly createdAt: string;
    readonly messages: { readonly edges: readonly { readonly node: Node }[] };
  };
}

/**
 * A dream with what its author and the analyst said about it: dreams looks at the viewer's own token.
 * @throws NOT_FOUND (Dream) for anybody but its author; UNAVAILABLE
 */
export async function historyOfDream(peer: Peers, dreamId: string, context: Context): Promise<History> {
  const { dream } = await askForViewer<Answer>(peer('dreams'), dreamQuery, { id: dreamId, most }, context);
  const nodes = dream.messages.edges.map(({ node }) => node).filter(({ role }) => role !== 'SYSTEM');
  return {
    title: dream.title,
    said: nodes.map(({ role, message, createdAt }) => ({
      by: role === 'USER' ? null : 'Analyst',
      at: createdAt,
      text: message,
    })),
    matter: nodes.findIndex(({ role }) => role === 'USER'),
  };
}
