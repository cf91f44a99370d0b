import type { Context } from '@kopru/runtime/context.ts';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { Access } from './access/access.ts';
import { Community } from './access/community.ts';
import { ChannelFeedResolver } from './feed/channel-feed.resolver.ts';
import { ServerFeedResolver } from './feed/server-feed.resolver.ts';
import { ViewerFeedResolver } from './feed/viewer-feed.resolver.ts';
import { Inbox } from './inbox/inbox.read.ts';
import { InboxResolver } from './inbox/inbox.resolver.ts';
import { Support } from './inbox/support.ts';
import { ChannelHead } from './message/channel-head.ts';
import { ChannelMessagesResolver } from './message/channel-messages.resolver.ts';
import { MessageHistory } from './message/message.history.ts';
import { MessageLookup } from './message/message.lookup.ts';
import { MessageResolver } from './message/message.resolver.ts';
import { Message } from './message/message.ts';
import { Messaging1700000000000 } from './migrations/1700000000000-messaging.ts';
import { ConnectionResolver } from './presence/connection.resolver.ts';
import { Connections } from './presence/connection.service.ts';
import { Connection } from './presence/connection.ts';
import { PresenceLookup } from './presence/presence.lookup.ts';
import { PresenceResolver, ServerPresenceResolver, UserPresenceResolver } from './presence/presence.resolver.ts';
import { PresenceSweeper } from './presence/presence.sweeper.ts';
import { Presence } from './presence/presence.ts';
import { ReadStateResolver } from './read-state/read-state.resolver.ts';
import { ReadStates } from './read-state/read-state.service.ts';
import { ReadState } from './read-state/read-state.ts';
import { Channel } from './references/channel.ts';
import { Server } from './references/server.ts';
import { User } from './references/user.ts';
import { TypingResolver } from './typing/typing.resolver.ts';
import { Typing } from './typing/typing.service.ts';
import { TypingBoard } from './typing/typing-board.ts';

interface Reference {
  readonly id: string;
}

/** Messages, read states, typing and presence. */
export const messaging: SubgraphDefinition = {
  name: 'messaging',
  resolvers: [
    MessageResolver,
    ChannelMessagesResolver,
    ReadStateResolver,
    TypingResolver,
    PresenceResolver,
    UserPresenceResolver,
    ServerPresenceResolver,
    ConnectionResolver,
    ChannelFeedResolver,
    ViewerFeedResolver,
    ServerFeedResolver,
    InboxResolver,
  ],
  entities: [Message, ChannelHead, ReadState, Presence, Connection],
  migrations: [Messaging1700000000000],
  build({ database, log, destination, logger, peer }) {
    const now = Date.now;
    const access = new Access(new Community(() => peer('community')), log);
    const support = new Support(() => peer('support'));
    const lookup = new MessageLookup(database, access);
    const board = new TypingBoard(log, now);
    const presence = { database, access, now };
    const presences = new PresenceLookup(database);
    const sweeper = new PresenceSweeper(presence, logger);
    return {
      resolvers: [
        new MessageResolver({ database, access, lookup, typing: board }),
        new ChannelMessagesResolver(new MessageHistory(database, access), lookup, access),
        new ReadStateResolver(new ReadStates(database, access), access),
        new TypingResolver(new Typing(destination, access, board, now), board, access),
        new PresenceResolver(presence),
        new UserPresenceResolver(presences),
        new ServerPresenceResolver(presences, access),
        new ConnectionResolver(new Connections(presence)),
        new ChannelFeedResolver(access),
        new ViewerFeedResolver(access),
        new ServerFeedResolver(access),
        new InboxResolver({ inbox: new Inbox(database, access, support), access, support }),
      ],
      references: {
        Message: ({ id }: Reference, context: Context) => lookup.readable(id, context),
        Channel: ({ id }: Reference) => new Channel(id),
        User: ({ id }: Reference) => new User(id),
        Server: ({ id }: Reference) => new Server(id),
      },
      async start() {
        await Promise.all([access.start(), board.start()]);
        sweeper.start();
      },
      async close() {
        await sweeper.close();
        await Promise.all([access.close(), board.close()]);
      },
    };
  },
};
