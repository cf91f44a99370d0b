import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open.ts';
import { Broker, brokers } from '../testing/broker.ts';
import { record } from '../testing/events.ts';
import { Note, Notes1700000000000, noted, writeNote } from '../testing/notes.ts';

const aggregates = Array.from({ length: 12 }, (_, index) => `note ${index}`);
const processes = 3;
const turns = 10;

describe.each(brokers)('$name, with several relays and bridges', ({ open }) => {
  it('keeps the order of each aggregate, loses nothing and repeats nothing, whatever is cut', {
    timeout: 90_000,
  }, async () => {
    await using broker = await Broker.open(open);
    const ways = await Promise.all(Array.from({ length: processes }, () => broker.proxy('AMQP_URL')));
    const redis = await broker.proxy('REDIS_URL');
    const { DATA_DIR: dataDir = '', DATABASE_URL: databaseUrl } = broker.settings;
    const databases = await Promise.all(
      ways.map(async ({ url }, index) => {
        const { destination } = await broker.flow({ AMQP_URL: url, ...(index === 0 && { REDIS_URL: redis.url }) });
        return openDatabase({
          name: 'outbox',
          entities: [Note],
          migrations: [Notes1700000000000],
          settings: { dataDir, databaseUrl },
          destination,
          logger: pino({ level: 'silent' }),
        });
      }),
    );
    const watching = await broker.flow({ AMQP_URL: undefined });
    const heard = await record(watching.log, ['notes']);
    await databases[0]?.write(async (tx) => {
      for (const id of aggregates) await writeNote(tx, { id });
    });

    let steps = 0;
    /** Each tenth step takes something away, and brings back what the one before took. */
    const chaos = (): void => {
      steps += 1;
      if (steps % 10 !== 0) return;
      for (const way of [...ways, redis]) way.restore();
      [...ways, redis][(steps / 10) % (processes + 1)]?.cut();
    };
    const writers = databases.flatMap((database) =>
      aggregates.map(async (id) => {
        for (let turn = 0; turn < turns; turn++) {
          // The row's lock makes an order of the writes to one aggregate, whichever process they come from.
          await database.write(async (tx) => {
            await tx.manager.increment(Note, { id }, 'count', 1);
            const { count } = await tx.manager.findOneByOrFail(Note, { id });
            tx.emit(noted({ id, count }, id));
          });
          chaos();
        }
      }),
    );
    await Promise.all(writers);
    for (const way of [...ways, redis]) way.restore();
    await Promise.all(databases.map((database) => database.drained()));

    const counts = Array.from({ length: processes * turns }, (_, index) => index + 1);
    await expect
      .poll(() => heard.events.length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(aggregates.length * counts.length);
    for (const id of aggregates) {
      const told = heard.events.filter(({ payload }) => payload.id === id).map(({ payload }) => payload.count);
      expect(told).toEqual(counts);
    }
    expect(databases.map(({ outbox }) => outbox.failures() > 0)).toContain(true);
    await Promise.all(databases.map((database) => database.close()));
  });
});
