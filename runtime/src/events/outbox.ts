import { createHash } from 'node:crypto';
import { Column, Entity, type EntityManager, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { newId } from '../ids.ts';
import type { EventDraft, NewEvent } from './event.ts';

/** Events of one aggregate share a lane; whoever relays a lane does so alone. */
const laneCount = 16;
export const allLanes: readonly number[] = Array.from({ length: laneCount }, (_, lane) => lane);

export const laneOf = (aggregate: string): number =>
  (createHash('sha1').update(aggregate).digest()[0] ?? 0) % laneCount;

/** An event that is committed and not yet known to be in the log. */
@Entity('outbox')
export class OutboxRow {
  /** The order within a lane. */
  @PrimaryGeneratedColumn({ type: 'bigint' })
  readonly sequence!: string;

  @Column({ type: 'tinyint' })
  readonly lane!: number;

  /** A `NewEvent` as JSON. */
  @Column({ type: 'text' })
  readonly event!: string;
}

/** Locked by the relay that has the lane. Writers never touch it. */
@Entity('outbox_lane')
export class OutboxLane {
  @PrimaryColumn({ type: 'tinyint' })
  readonly lane!: number;
}

/** An event on its way into the outbox. */
export interface PendingEvent {
  readonly lane: number;
  readonly event: string;
}

/** Gives a draft its identity. What the author does to the draft afterwards no longer matters. */
export function pendingEvent({ type, topics, aggregate, payload }: EventDraft): PendingEvent {
  const event: NewEvent = { id: newId(), type, topics, payload, at: new Date().toISOString() };
  return { lane: laneOf(aggregate), event: JSON.stringify(event) };
}

/** When the event of a row was written. */
export const writtenAt = (event: string): string => (JSON.parse(event) as NewEvent).at;

/**
 * Stores events in the transaction of `manager`, as its last act: of two transactions that waited for each other,
 * the later one then has the later sequence.
 */
export async function storeEvents(manager: EntityManager, events: readonly PendingEvent[]): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(OutboxRow)
    .values(events.map(({ lane, event }) => ({ lane, event })))
    .updateEntity(false)
    .execute();
}
