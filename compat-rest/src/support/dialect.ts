import type { Dialect } from '../dialect.ts';
import type { AgentSessions } from './agent.sessions.ts';
import { refuse } from './errors.ts';

/** The support chat over HTTP: agents are known by the cookie of their browser, and bodies are flat. */
export const supportDialect = (agents: AgentSessions): Dialect => ({
  token: async (headers) => (await agents.of(headers))?.token,
  accepts: () => true,
  refuse,
});
