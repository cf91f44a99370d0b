import { connectionType } from '@kopru/runtime/subgraph/connection.ts';
import { createUnionType } from 'type-graphql';
import { Channel } from '../references/channel.ts';
import { SupportThread } from '../references/support-thread.ts';

export const InboxSubject = createUnionType({
  name: 'InboxSubject',
  description: 'Where somebody has something to read.',
  types: () => [Channel, SupportThread] as const,
});

export const InboxConnection = connectionType('InboxSubject', () => InboxSubject as never);

/** Something to read, by its newest message. Their ids are UUIDv7 wherever they are made, so they have one order. */
export interface Unread {
  readonly subject: Channel | SupportThread;
  readonly lastMessageId: string;
}
