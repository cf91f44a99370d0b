import { notFound } from '@kopru/runtime/errors.ts';
import { ChannelGuild, Guilds } from '@kopru/schema/operations/ws-gateway.ts';
import { Refused } from '../failure.ts';
import { everyNode, type Run } from '../operation.ts';

/** The ids of the guilds that the caller is in. */
export async function guildsOf(run: Run): Promise<Set<string>> {
  const guilds = await everyNode(
    run,
    Guilds,
    (after) => ({ after }),
    ({ viewer }) => {
      // The account went while its token is still good.
      if (!viewer?.servers) throw notFound('User');
      return viewer.servers;
    },
  );
  return new Set(guilds.map(({ id }) => id));
}

/** The guild of a channel that the caller may read: null for a direct channel, undefined where they may not or there is none. */
export async function guildOf(run: Run, channelId: string): Promise<string | null | undefined> {
  try {
    const { channel } = await run(ChannelGuild, { channelId });
    return channel ? (channel.server?.id ?? null) : undefined;
  } catch (error) {
    if (!(error instanceof Refused) || error.failure.kind !== 'operation') throw error;
    if (error.failure.code !== 'NOT_FOUND' && error.failure.code !== 'FORBIDDEN') throw error;
    return undefined;
  }
}
