import { newId } from '@kopru/runtime/ids.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { type Answer, openTestSubgraph, type TestSubgraph } from '@kopru/runtime/testing/subgraph.ts';
import { support } from '../subgraph.ts';

/** Who speaks: an agent or a user by their token, or a visitor, who shows nothing. */
export type Speaker = Partial<Caller> | undefined;

export const visitor: Speaker = undefined;

export interface SupportDesk extends TestSubgraph {
  /** An agent of its own, by its user id. */
  agent(userId?: string): Promise<Partial<Caller> & { readonly userId: string }>;
  /** The data of an operation that must succeed. */
  data(query: string, variables: Record<string, unknown>, as?: string | Speaker): Promise<NonNullable<Answer['data']>>;
  /** The code of an operation's first error, with the resource where it names one: `FORBIDDEN SupportThread`. */
  refusal(query: string, variables: Record<string, unknown>, as?: string | Speaker): Promise<string>;
  /** Begins a thread and gives its id. */
  start(displayName?: string, as?: string | Speaker): Promise<string>;
}

/** The support subgraph, opened for a test. */
export async function openSupport(settings: NodeJS.ProcessEnv): Promise<SupportDesk> {
  const test = await openTestSubgraph(support, { settings });
  const data: SupportDesk['data'] = async (query, variables, as) => {
    const result = await test.execute(query, variables, as);
    if (result.errors || !result.data) throw new Error(JSON.stringify(result.errors));
    return result.data;
  };
  return {
    ...test,
    data,
    async agent(userId = newId()) {
      const { token } = await test.ground.tokens.signAccess(userId, newId(), { agent: true });
      return { userId, token };
    },
    async refusal(query, variables, as) {
      const { code, resource } = (await test.execute(query, variables, as)).errors?.[0]?.extensions ?? {};
      return [code, resource].filter(Boolean).join(' ');
    },
    async start(displayName = 'Ayşe', as) {
      const start = 'mutation ($name: String!) { startSupportThread(input: { displayName: $name }) { thread { id } } }';
      return (await data(start, { name: displayName }, as)).startSupportThread.thread.id;
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}
