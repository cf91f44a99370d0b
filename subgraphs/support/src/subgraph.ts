import type { Context } from '@kopru/runtime/context.ts';
import { openStorage } from '@kopru/runtime/storage/open.ts';
import type { Storage } from '@kopru/runtime/storage/storage.ts';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { supportSettings } from './config.ts';
import { DeskResolver } from './desk/desk.resolver.ts';
import { escalationsIn } from './escalation/escalation.lookup.ts';
import { EscalationResolver } from './escalation/escalation.resolver.ts';
import { Escalation } from './escalation/escalation.ts';
import { FeedResolver } from './feed/feed.resolver.ts';
import { InboxResolver } from './inbox/inbox.resolver.ts';
import { MessageLookup } from './message/message.lookup.ts';
import { MessageResolver } from './message/message.resolver.ts';
import { SupportMessage } from './message/message.ts';
import { Support1700000000000 } from './migrations/1700000000000-support.ts';
import { Escalations1700000001000 } from './migrations/1700000001000-escalations.ts';
import { Telegram1700000002000 } from './migrations/1700000002000-telegram.ts';
import { SharedAccounts1700000003000 } from './migrations/1700000003000-shared-accounts.ts';
import { NoteLookup } from './note/note.lookup.ts';
import { NoteResolver } from './note/note.resolver.ts';
import { PrivateNote } from './note/note.ts';
import { AgentCodeResolver } from './outlet/agent-code.resolver.ts';
import type { Outlet } from './outlet/outlet.ts';
import { People } from './references/people.ts';
import { User } from './references/user.ts';
import { UserThreadsResolver } from './references/user-threads.resolver.ts';
import { sharedAccountsIn } from './shared-account/shared-account.lookup.ts';
import { SharedAccountResolver } from './shared-account/shared-account.resolver.ts';
import { SharedAccount } from './shared-account/shared-account.ts';
import { SignsResolver } from './signs/signs.resolver.ts';
import { Typing } from './signs/typing.ts';
import { telegramRows } from './telegram/rows.ts';
import { telegramSetup } from './telegram/settings.ts';
import { TelegramResolver } from './telegram/telegram.resolver.ts';
import { Telegram } from './telegram/telegram.ts';
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

/** The support chat: threads of visitors, what they and the agents write there, and what they upload. */
export const support: SubgraphDefinition<typeof supportSettings> = {
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
    EscalationResolver,
    SharedAccountResolver,
    AgentCodeResolver,
    TelegramResolver,
    FeedResolver,
    InboxResolver,
  ],
  entities: [SupportThread, SupportMessage, PrivateNote, Upload, Escalation, SharedAccount, ...telegramRows],
  migrations: [Support1700000000000, Escalations1700000001000, Telegram1700000002000, SharedAccounts1700000003000],
  settings: supportSettings,
  build({ settings, database, destination, quota, logger, peer }) {
    let storage: Storage | undefined;
    const files = (): Storage => {
      if (!storage) throw new Error('The storage is not open.');
      return storage;
    };
    const setup = telegramSetup(settings);
    const telegram = setup && new Telegram(setup, { database, storage: files, quota, logger });
    const outlets: readonly Outlet[] = telegram ? [telegram.outlet] : [];
    const threads = new ThreadLookup(database);
    const messages = new MessageLookup(database);
    const uploads = new UploadLookup(database);
    const list = new ThreadList(database, threads);
    const people = new People(peer);
    const sweep = new UploadSweep(database, files, logger);
    const typing = new Typing(destination);
    return {
      resolvers: [
        new ThreadResolver({ database, threads, quota }),
        new ThreadFieldsResolver({ threads, messages, notes: new NoteLookup(database), unread: unreadIn(database) }),
        new MessageResolver({ database, threads, messages, uploads, outlets, quota }),
        new NoteResolver(database),
        new DeskResolver({ database, list, people, outlets, sweep }),
        new SignsResolver({ database, destination, threads, typing, quota }),
        new UploadResolver({ database, quota, sweep }),
        new UserThreadsResolver(list),
        new EscalationResolver({ database, people, outlets, quota, peer, ofThread: escalationsIn(database) }),
        new SharedAccountResolver({ database, peer, threads, shared: sharedAccountsIn(database) }),
        new AgentCodeResolver(outlets),
        new TelegramResolver(telegram),
        new FeedResolver(threads),
        new InboxResolver(database),
      ],
      references: {
        SupportThread: ({ id }: Reference, context: Context) => threads.known(id, context),
        SupportMessage: ({ id }: Reference, context: Context) => messages.forAgents(id, context),
        Upload: ({ id }: Reference, context: Context) => context.load(uploads.byId).load(id),
        User: ({ id }: Reference) => new User(id),
      },
      async start() {
        storage = await openStorage(settings);
        sweep.start();
        telegram?.start();
      },
      async close() {
        await telegram?.close();
        await sweep.close();
        await storage?.close();
      },
    };
  },
};
