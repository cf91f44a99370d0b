import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something to send. It is there until it was sent or given up. */
@Entity('telegram_deliveries')
export class TelegramDelivery {
  /** A UUIDv7: those of one thread go out in their order. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'chat_id', type: 'varchar', length: 20 })
  chatId!: string;

  @Column({ name: 'thread_id', type: 'varchar', length: 36 })
  threadId!: string;

  /** The visitor's message, of whose failure they are told; null for what agents wrote. */
  @Column({ name: 'message_id', type: 'varchar', length: 36, nullable: true })
  messageId!: string | null;

  /** A text, or what stands under the file. */
  @Column({ type: 'text', nullable: true })
  text!: string | null;

  /** What the storage knows the file by. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  file!: string | null;

  @Column({ type: 'int' })
  tries!: number;

  /** When to try next. Whoever tries moves it on first, so that nobody else does. */
  @Column(utcColumn({ name: 'due_at' }))
  dueAt!: Date;
}

/** Which thread a message in a chat of Telegram belongs to. */
@Entity('telegram_links')
export class TelegramLink {
  @PrimaryColumn({ name: 'chat_id', type: 'varchar', length: 20 })
  chatId!: string;

  @PrimaryColumn({ name: 'message_id', type: 'int' })
  messageId!: number;

  @Column({ name: 'thread_id', type: 'varchar', length: 36 })
  threadId!: string;
}

/** A message that Telegram brought. Its row stays when it is done, so that it is taken once. */
@Entity('telegram_updates')
export class TelegramUpdate {
  /** Twenty digits, so that ids sort as the numbers they are. */
  @PrimaryColumn({ type: 'varchar', length: 20 })
  id!: string;

  @Column({ name: 'chat_id', type: 'varchar', length: 20 })
  chatId!: string;

  @Column({ name: 'message_id', type: 'int' })
  messageId!: number;

  /** As JSON; null once it is done. */
  @Column({ type: 'text', nullable: true })
  body!: string | null;

  @Column({ type: 'int' })
  tries!: number;

  /** When to try next; null once it is done. */
  @Column(utcColumn({ name: 'due_at', nullable: true }))
  dueAt!: Date | null;

  @Column(utcColumn({ name: 'received_at' }))
  receivedAt!: Date;
}

/** A chat in Telegram, and the thread that is its own conversation. */
@Entity('telegram_chats')
export class TelegramChat {
  @PrimaryColumn({ name: 'chat_id', type: 'varchar', length: 20 })
  chatId!: string;

  @Column({ name: 'thread_id', type: 'varchar', length: 36, nullable: true })
  threadId!: string | null;

  /** Until when Telegram wants nothing for it. */
  @Column(utcColumn({ name: 'quiet_until', nullable: true }))
  quietUntil!: Date | null;
}

/** Who does what only one process may do, and until when. */
@Entity('telegram_leases')
export class TelegramLease {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  name!: string;

  @Column({ type: 'varchar', length: 36 })
  holder!: string;

  @Column(utcColumn())
  until!: Date;
}

/** All of them. */
export const telegramRows = [TelegramDelivery, TelegramLink, TelegramUpdate, TelegramChat, TelegramLease] as const;
