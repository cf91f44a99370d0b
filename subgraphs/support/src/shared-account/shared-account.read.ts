import type { Context } from '@kopru/runtime/context.ts';
import { askForViewer } from '@kopru/runtime/subgraph/ask.ts';
import type { Peers } from '../references/peers.ts';
import type { SharedCredits, SharedServer } from './shared-account.ts';

const serversQuery = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on User { servers(first: 100) { edges { node { id name memberCount } } } }
} }`;
const creditsQuery = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on User { credits { amount totalAmount } }
} }`;

interface Servers {
  readonly _entities: readonly [{ readonly servers: { readonly edges: readonly { readonly node: SharedServer }[] } }];
}
interface Credits {
  readonly _entities: readonly [{ readonly credits: SharedCredits }];
}

/** The servers that the viewer is in, as community tells them. @throws UNAVAILABLE */
export async function serversOf(peer: Peers, context: Context): Promise<SharedServer[]> {
  const { _entities } = await askForViewer<Servers>(peer('community'), serversQuery, themselves(context), context);
  return _entities[0].servers.edges.map(({ node: { id, name, memberCount } }) => ({ id, name, memberCount }));
}

/** The viewer's credits, as dreams tells them. @throws UNAVAILABLE */
export async function creditsOf(peer: Peers, context: Context): Promise<SharedCredits> {
  const { _entities } = await askForViewer<Credits>(peer('dreams'), creditsQuery, themselves(context), context);
  const { amount, totalAmount } = _entities[0].credits;
  return { amount, totalAmount };
}

const themselves = ({ viewer }: Context) => ({ of: [{ __typename: 'User', id: viewer.userId }] });
