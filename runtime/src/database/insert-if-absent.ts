import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** Inserts a row unless there is one that a unique index takes for the same; that one stays as it is. */
export async function insertIfAbsent<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  row: Partial<Row>,
): Promise<void> {
  await manager.createQueryBuilder().insert().into(entity).values(row).orIgnore().updateEntity(false).execute();
}
