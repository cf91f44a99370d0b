import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const SupportThreadStatuses = { OPEN: 'OPEN', PENDING: 'PENDING', RESOLVED: 'RESOLVED' } as const;
export type SupportThreadStatus = keyof typeof SupportThreadStatuses;
registerEnumType(SupportThreadStatuses, {
  name: 'SupportThreadStatus',
  description: 'How far a conversation is. Whatever the visitor writes opens it again.',
  valuesConfig: {
    OPEN: { description: 'Somebody waits for an answer of an agent.' },
    PENDING: { description: 'An agent waits for something, such as an answer of the visitor.' },
    RESOLVED: { description: 'Nothing is left to do.' },
  },
});

export const SupportThreadOrigins = { WEB: 'WEB', TELEGRAM: 'TELEGRAM' } as const;
export type SupportThreadOrigin = keyof typeof SupportThreadOrigins;
registerEnumType(SupportThreadOrigins, {
  name: 'SupportThreadOrigin',
  description: 'Where a conversation began.',
  valuesConfig: {
    WEB: { description: 'On a page, or through the graph.' },
    TELEGRAM: { description: 'By a message to the bot in Telegram.' },
  },
});

/** How long a visitor counts as online after a sign of life, in milliseconds. */
const onlineFor = 2 * 60_000;

/**
 * A conversation of a visitor with the agents. What only agents may know, who it is assigned to and whose account it is,
 * is not selected with the rest: `ThreadLookup` reads it for those who may.
 */
@Entity('support_threads')
@ObjectType({
  description:
    'A conversation of a visitor with the support agents. Its id is a capability: whoever knows it is the visitor, and may read and write.',
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class SupportThread {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv4, to be kept as a secret is.' })
  id!: string;

  @Column({ name: 'display_name', type: 'varchar', length: 80 })
  @Field(() => String, { description: 'What the visitor wants to be called, 1 to 80 characters.' })
  displayName!: string;

  @Column({ type: 'varchar', length: 8 })
  @Field(() => SupportThreadStatuses, { description: 'How far it is.' })
  status!: SupportThreadStatus;

  @Column({ type: 'varchar', length: 8 })
  @Field(() => SupportThreadOrigins, { description: 'Where it began.' })
  origin!: SupportThreadOrigin;

  @Column({ name: 'account_id', type: 'varchar', length: 36, nullable: true, select: false })
  accountId?: string | null;

  @Column({ name: 'assignee_id', type: 'varchar', length: 36, nullable: true, select: false })
  assigneeId?: string | null;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it began.' })
  createdAt!: Date;

  @Column(utcColumn({ name: 'last_activity_at' }))
  @Field(() => Date, { description: "The visitor's last sign of life: a heartbeat or a message." })
  lastActivityAt!: Date;

  /** Its place among all threads, greatest first: those with messages by the last of them, then the others. */
  @Column({ type: 'varchar', length: 37, select: false })
  place?: string;

  @Column({ name: 'last_message_id', type: 'varchar', length: 36, nullable: true })
  lastMessageId!: string | null;

  @Column({ name: 'visitor_seen_id', type: 'varchar', length: 36, nullable: true })
  @Field(() => ID, {
    nullable: true,
    description: 'The last message that the visitor has seen; null before the first.',
  })
  visitorSeenMessageId!: string | null;

  @Column({ name: 'agents_seen_id', type: 'varchar', length: 36, nullable: true })
  @Field(() => ID, { nullable: true, description: 'The last message that an agent has seen; null before the first.' })
  agentsSeenMessageId!: string | null;

  @Field(() => Boolean, { description: 'Whether the visitor gave a sign of life in the last 2 minutes.' })
  get online(): boolean {
    return Date.now() - this.lastActivityAt.getTime() < onlineFor;
  }

  @Field(() => Date, { nullable: true, description: 'When the last message was sent; null while there is none.' })
  get lastMessageAt(): Date | null {
    return this.lastMessageId === null ? null : momentOf(this.lastMessageId);
  }
}

/** The milliseconds that a UUIDv7 begins with. */
export const momentOf = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
