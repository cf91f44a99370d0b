import type { Context } from '@kopru/runtime/context.ts';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { SupportMessage } from './message/message.ts';
import { Support1700000000000 } from './migrations/1700000000000-support.ts';
import { PrivateNote } from './note/note.ts';
import { ThreadLookup } from './thread/thread.lookup.ts';
import { ThreadResolver } from './thread/thread.resolver.ts';
import { SupportThread } from './thread/thread.ts';
import { Upload } from './upload/upload.ts';

interface Reference {
  readonly id: string;
}

/** The support chat: threads of visitors, what they and the agents write there, and what they upload. */
export const support: SubgraphDefinition = {
  name: 'support',
  resolvers: [ThreadResolver],
  entities: [SupportThread, SupportMessage, PrivateNote, Upload],
  migrations: [Support1700000000000],
  build({ database }) {
    const threads = new ThreadLookup(database);
    return {
      resolvers: [new ThreadResolver(database, threads)],
      references: {
        SupportThread: ({ id }: Reference, context: Context) => threads.known(id, context),
      },
    };
  },
};
