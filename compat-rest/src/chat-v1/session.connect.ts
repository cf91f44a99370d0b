import { Me, Servers } from '@kopru/schema/operations/chat-v1.ts';
import { everyNode, found, type Run } from '../operation.ts';
import { type Person, person } from './dispatches.ts';
import { account, server } from './shapes.ts';

/** Who is connected: as CONNECTED says it, and as dispatches name people. */
export async function introduce(run: Run): Promise<{ self: Person; user: object; servers: object[] }> {
  const [{ viewer }, servers] = await Promise.all([
    run(Me, {}),
    everyNode(
      run,
      Servers,
      (after) => ({ after }),
      ({ viewer }) => found(viewer?.servers, 'User'),
    ),
  ]);
  const user = found(viewer, 'User');
  const self = person(user);
  return { self, user: { ...self, ...account(user) }, servers: servers.map(server) };
}
