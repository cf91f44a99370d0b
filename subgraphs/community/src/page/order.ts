import { Between, type EntityManager, type EntityTarget } from 'typeorm';

/** Rows of a server that have a place in an order. */
interface Placed {
  readonly id: string;
  readonly serverId: string | null;
  readonly position: number;
}

/** Moves the rows from `from` to `to`, both included, `by` places up. */
export async function shift<Row extends Placed>(
  manager: EntityManager,
  target: EntityTarget<Row>,
  { serverId, from, to, by }: { serverId: string; from: number; to: number; by: 1 | -1 },
): Promise<void> {
  await manager
    .createQueryBuilder()
    .update(target)
    .set({ position: () => `position + (${by})` } as never)
    .where({ serverId, position: Between(from, to) })
    .execute();
}

/** Gives a row the place `to` of its server; those on the way move up by one towards where it was. */
export async function moveTo<Row extends Placed>(
  manager: EntityManager,
  target: EntityTarget<Row>,
  { id, serverId, position }: { id: string; serverId: string; position: number },
  to: number,
): Promise<void> {
  if (to > position) await shift(manager, target, { serverId, from: position + 1, to, by: -1 });
  if (to < position) await shift(manager, target, { serverId, from: to, to: position - 1, by: 1 });
  await manager
    .createQueryBuilder()
    .update(target)
    .set({ position: to } as never)
    .where('id = :id', { id })
    .execute();
}
