import type { Context } from '@kopru/runtime/context.ts';
import { Quota } from '@kopru/runtime/quota.ts';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { DeskResolver } from './desk/desk.resolver.ts';
import { FeedResolver } from './feed/feed.resolver.ts';
import { MessageLookup } from './message/message.lookup.ts';
import { MessageResolver } from './message/message.resolver.ts';
import { SupportMessage } from './message/message.ts';
import { Support1700000000000 } from './migrations/1700000000000-support.ts';
import { NoteLookup } from './note/note.lookup.ts';
import { NoteResolver } from './note/note.resolver.ts';
import { PrivateNote } from './note/note.ts';
import { AgentCodeResolver } from './outlet/agent-code.resolver.ts';
import type { Outlet } from './outlet/outlet.ts';
import { People } from './references/people.ts';
import { User } from './references/user.ts';
import { UserThreadsResolver } from './references/user-threads.resolver.ts';
import { SignsResolver } from './signs/signs.resolver.ts';
import { Typing } from './signs/typing.ts';
import { ThreadFieldsResolver } from './thread/thread.fields.resolver.ts';
import { ThreadList } from './thread/thread.list.ts';
import { ThreadLookup } from './thread/thread.lookup.ts';
import { ThreadResolver } from './thread/thread.resolver.ts';
import { SupportThread } from './thread/thread.ts';
import { unreadIn } from './thread/thread.unread.ts';
import { UploadLookup } from './upload/upload.lookup.ts';
import { UploadResolver } from './upload/upload.resolver.ts';
import { UploadSweep } from './upload/upload.sweep.ts';
import { Upload } from './upload/upload.ts';

interface Reference {
  readonly id: string;
}

const minute = 60_000;

/** The support chat: threads of visitors, what they and the agents write there, and what they upload. */
export const support: SubgraphDefinition = {
  name: 'support',
  resolvers: [
    ThreadResolver,
    ThreadFieldsResolver,
    MessageResolver,
    NoteResolver,
    DeskResolver,
    SignsResolver,
    UploadResolver,
    UserThreadsResolver,
    AgentCodeResolver,
    FeedResolver,
  ],
  entities: [SupportThread, SupportMessage, PrivateNote, Upload],
  migrations: [Support1700000000000],
  build({ database, destination, logger, peer }) {
    const outlets: readonly Outlet[] = [];
    const threads = new ThreadLookup(database);
    const messages = new MessageLookup(database);
    const uploads = new UploadLookup(database);
    const list = new ThreadList(database, threads);
    const people = new People(() => peer('identity'));
    const sweep = new UploadSweep(database, async () => undefined, logger);
    const typing = new Typing(destination);
    const quotas = {
      IMAGE: new Quota({ most: 5, within: 5 * minute }),
      AUDIO: new Quota({ most: 3, within: 5 * minute }),
    };
    return {
      resolvers: [
        new ThreadResolver({ database, threads, quota: new Quota({ most: 1_000, within: minute }) }),
        new ThreadFieldsResolver({ threads, messages, notes: new NoteLookup(database), unread: unreadIn(database) }),
        new MessageResolver({ database, messages, uploads, outlets, quota: new Quota({ most: 20, within: minute }) }),
        new NoteResolver(database),
        new DeskResolver({ database, list, people, outlets, sweep }),
        new SignsResolver({ database, destination, threads, typing, quota: new Quota({ most: 60, within: minute }) }),
        new UploadResolver({ database, quotas, sweep }),
        new UserThreadsResolver(list),
        new AgentCodeResolver(outlets),
        new FeedResolver(threads),
      ],
      references: {
        SupportThread: ({ id }: Reference, context: Context) => threads.known(id, context),
        SupportMessage: ({ id }: Reference, context: Context) => messages.forAgents(id, context),
        Upload: ({ id }: Reference, context: Context) => context.load(uploads.byId).load(id),
        User: ({ id }: Reference) => new User(id),
      },
      async start() {
        sweep.start();
      },
      async close() {
        await sweep.close();
      },
    };
  },
};
