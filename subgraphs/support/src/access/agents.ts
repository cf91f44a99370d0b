import type { Context, Viewer } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { type SupportSender, topic } from '@kopru/schema/events.ts';

/** Whether an agent is reading; else it is a visitor. @throws VIEWER_REQUIRED in a shared execution that visitors may see */
export function isAgent(context: Context): boolean {
  const { reader } = context;
  if (reader.kind === 'audience' && reader.topics.length > 0 && reader.topics.every(isInbox)) return true;
  return context.viewerOrNull?.agent ?? false;
}

const isInbox = (name: string): boolean => name === topic.supportInbox;

/** On which side of a thread whoever writes is. */
export const sideOf = (context: Context): SupportSender => (isAgent(context) ? 'AGENT' : 'VISITOR');

/** The agent who asks. @throws UNAUTHENTICATED, FORBIDDEN (SupportThread) */
export function requireAgent({ viewer }: Context): Viewer {
  if (!viewer.agent) throw forbidden('Only support agents may do this.', 'SupportThread');
  return viewer;
}

/** Passes agents to what visitors may not see of a thread that they read. @throws FORBIDDEN; VIEWER_REQUIRED as `isAgent` */
export function forAgentsOnly(context: Context, resource: string): void {
  if (!isAgent(context)) throw forbidden('Only support agents see this.', resource);
}
