import { backends, eventBackends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open.ts';
import { nameOf, type Recording, record } from '../testing/events.ts';
import { type Flow, openFlow } from '../testing/flow.ts';
import { Note, Notes1700000000000, noted, writeNote } from '../testing/notes.ts';
import type { Destination, EventLog } from './log.ts';
import { laneOf } from './outbox.ts';

const logger = pino({ level: 'silent' });

describe.each(eventBackends)('the outbox of $name', ({ open }) => {
  let backend: OpenBackend;
  let flow: Flow;
  let log: EventLog;
  let database: Database;
  let heard: Recording;

  const opened = (destination: Destination, name = 'other'): Promise<Database> =>
    openDatabase({
      name,
      entities: [Note],
      migrations: [Notes1700000000000],
      settings: { dataDir: backend.settings.DATA_DIR ?? '', databaseUrl: backend.settings.DATABASE_URL },
      destination,
      logger,
    });
  const emit = (name: string, aggregate?: string, through = database): Promise<void> =>
    through.write(async (tx) => tx.emit(noted({ name }, aggregate)));
  const numbered = (to: number): string[] => Array.from({ length: to }, (_, index) => `${index + 1}`);

  beforeEach(async () => {
    backend = await open();
    flow = await openFlow(backend.settings, { logger });
    log = flow.log;
    database = await opened(flow.destination, 'outbox');
    heard = await record(log, ['notes']);
  });
  afterEach(async () => {
    await database.close();
    await flow.close();
    await backend[Symbol.asyncDispose]();
  });

  it('brings events to the log in the order they were written', async () => {
    await database.write(async (tx) => {
      for (const name of ['1', '2', '3']) tx.emit(noted({ name }));
    });
    await emit('4');
    await expect.poll(heard.names).toEqual(['1', '2', '3', '4']);
    const [event] = heard.events;
    expect(event).toMatchObject({ type: 'noted', topics: ['notes'], payload: { name: '1' } });
    expect(event?.id).toMatch(/^[0-9a-f-]{14}7/);
    expect(new Date(event?.at ?? '').toISOString()).toBe(event?.at);
    await database.drained();
    expect(await database.outbox.depth()).toBe(0);
    expect(await database.outbox.oldest()).toBe(0);
    expect(database.outbox.relayed()).toBe(4);
    expect(database.outbox.failures()).toBe(0);
  });

  it('publishes nothing of a write that fails', async () => {
    const failing = database.write(async (tx) => {
      tx.emit(noted({ name: 'never' }));
      throw new Error('No.');
    });
    await expect(failing).rejects.toThrow('No.');
    await emit('next');
    await database.drained();
    await expect.poll(heard.names).toEqual(['next']);
  });

  it('takes the event as it was when it was emitted, and none after the write', async () => {
    const payload = { name: 'then' };
    let late: (() => void) | undefined;
    await database.write(async (tx) => {
      tx.emit(noted(payload));
      payload.name = 'now';
      late = () => tx.emit(noted(payload));
    });
    await expect.poll(heard.names).toEqual(['then']);
    expect(late).toThrow('after its transaction ended');
  });

  it('carries every character, and events beyond 64 KiB', async () => {
    const name = `${'ığüşöç 🦜 \u0000 \\ " \n'.repeat(4_000)}`;
    await emit(name);
    await expect.poll(() => heard.events.length).toBe(1);
    expect(heard.names()).toEqual([name]);
  });

  it('keeps events while the log is away, and brings them in order when it is back', async () => {
    let away = true;
    const flaky = await opened({
      append: (events) => (away ? Promise.reject(new Error('The log is away.')) : flow.destination.append(events)),
    });
    for (const name of numbered(30)) await emit(name, 'note', flaky);
    expect(heard.names()).toEqual([]);
    expect(flaky.outbox.failures()).toBeGreaterThan(0);
    expect(await flaky.outbox.depth()).toBe(30);
    await expect.poll(() => flaky.outbox.oldest()).toBeGreaterThan(0);
    away = false;
    await flaky.drained();
    await expect.poll(heard.names).toEqual(numbered(30));
    await emit('31', 'note', flaky);
    await expect.poll(heard.names).toEqual(numbered(31));
    await flaky.close();
  });

  it('does not let a write wait for a log that hangs', async () => {
    const held = Promise.withResolvers<void>();
    const hanging = await opened({ append: (events) => held.promise.then(() => flow.destination.append(events)) });
    await Promise.all(numbered(20).map((name) => emit(name, `note ${name}`, hanging)));
    expect(await hanging.outbox.depth()).toBe(20);
    await hanging.write((tx) => writeNote(tx, { id: 'a' }));
    held.resolve();
    await hanging.drained();
    await expect.poll(() => heard.names().toSorted()).toEqual(numbered(20).toSorted());
    await hanging.close();
  });

  it('brings what another process left behind', async () => {
    const dead = await opened({ append: () => Promise.reject(new Error('The log is away.')) });
    for (const name of numbered(3)) await emit(name, 'note', dead);
    await dead.close();
    const next = await opened(flow.destination);
    await expect.poll(heard.names).toEqual(numbered(3));
    await next.close();
  });

  it('repeats nothing where it stops between appending and removing', async () => {
    let crashes = 3;
    const crashing = await opened({
      async append(events) {
        await flow.destination.append(events);
        if (crashes-- > 0) throw new Error('Gone before the removal.');
      },
    });
    for (const name of numbered(5)) await emit(name, 'note', crashing);
    await crashing.drained();
    await emit('6', 'note', crashing);
    await expect.poll(heard.names).toEqual(numbered(6));
    await crashing.close();
  });

  it('lets a listener write', async () => {
    const written = Promise.withResolvers<void>();
    await log.subscribe(['notes'], (event) => {
      const id = nameOf(event);
      if (id.startsWith('echo')) return;
      database
        .write(async (tx) => {
          await writeNote(tx, { id });
          tx.emit(noted({ name: `echo ${id}` }));
        })
        .then(written.resolve, written.reject);
    });
    await emit('1');
    await written.promise;
    await expect.poll(heard.names).toEqual(['1', 'echo 1']);
    expect(await database.reader.countBy(Note, { id: '1' })).toBe(1);
  });

  it('does not let a close wait for a log that hangs', async () => {
    const never = new Promise<void>(() => undefined);
    const hanging = await opened({ append: () => never });
    await emit('1', 'note', hanging);
    await hanging.close();
    const next = await opened(flow.destination);
    await expect.poll(heard.names).toEqual(['1']);
    await next.close();
  });

  it('relays what is left when it closes', async () => {
    const closing = await opened(flow.destination);
    const writes = numbered(50).map((name) => emit(name, `note ${name}`, closing));
    await Promise.all(writes);
    await closing.close();
    await expect(closing.drained()).rejects.toThrow('closed');
    await expect.poll(() => heard.events.length).toBe(50);
    const next = await opened({ append: () => Promise.reject(new Error('There is nothing to append.')) });
    expect(await next.outbox.depth()).toBe(0);
    await next.close();
  });
});

describe.each(backends)('the outbox of $name, with nothing in front of the log', ({ open }) => {
  it('has the events in the log when the write resolves', async () => {
    await using backend = await open();
    const { DATA_DIR: dataDir = '', DATABASE_URL: databaseUrl } = backend.settings;
    const { log, close } = await openFlow(backend.settings, { logger });
    const settings = { dataDir, databaseUrl };
    const database = await openDatabase({
      name: 'outbox',
      entities: [],
      migrations: [],
      settings,
      destination: log,
      logger,
    });
    for (let turn = 0; turn < 20; turn++) {
      const before = await log.position();
      await database.write(async (tx) => tx.emit(noted({ name: String(turn) })));
      expect(await log.position()).not.toBe(before);
    }
    await database.close();
    await close();
  });
});

describe.each(eventBackends.filter(({ shared }) => shared))('several relays of one outbox, $name', ({ open }) => {
  const aggregates = Array.from({ length: 24 }, (_, index) => `note ${index}`);
  const turns = 15;
  let backend: OpenBackend;
  let flow: Flow;
  let destination: Destination;
  let heard: Recording;

  const opened = (destination: Destination): Promise<Database> =>
    openDatabase({
      name: 'outbox',
      entities: [Note],
      migrations: [Notes1700000000000],
      settings: { dataDir: backend.settings.DATA_DIR ?? '', databaseUrl: backend.settings.DATABASE_URL },
      destination,
      logger,
    });
  const emit = (through: Database, name: string, aggregate: string): Promise<void> =>
    through.write(async (tx) => tx.emit(noted({ name }, aggregate)));

  beforeEach(async () => {
    backend = await open();
    flow = await openFlow(backend.settings, { logger });
    destination = flow.destination;
    heard = await record(flow.log, ['notes']);
  });
  afterEach(async () => {
    await flow.close();
    await backend[Symbol.asyncDispose]();
  });

  it('keep the order of each aggregate and lose nothing', { timeout: 60_000 }, async () => {
    let calls = 0;
    const flaky: Destination = {
      async append(events) {
        calls += 1;
        const call = calls;
        if (call % 7 === 0) throw new Error('Before.');
        await destination.append(events);
        if (call % 7 === 3) throw new Error('After.');
      },
    };
    const databases = await Promise.all([opened(destination), opened(flaky), opened(destination)]);
    await databases[0].write(async (tx) => {
      for (const id of aggregates) await writeNote(tx, { id });
    });
    // The row's lock makes an order of the writes to one aggregate, whichever process they come from.
    const step = (id: string, through: Database): Promise<void> =>
      through.write(async (tx) => {
        await tx.manager.increment(Note, { id }, 'count', 1);
        const { count } = await tx.manager.findOneByOrFail(Note, { id });
        tx.emit(noted({ id, count }, id));
      });
    const writers = aggregates.flatMap((id) =>
      databases.map(async (through) => {
        for (let turn = 0; turn < turns; turn++) await step(id, through);
      }),
    );
    await Promise.all(writers);
    await Promise.all(databases.map((each) => each.drained()));
    const expected = Array.from({ length: databases.length * turns }, (_, index) => index + 1);
    await expect.poll(() => heard.events.length, { timeout: 5_000 }).toBe(aggregates.length * expected.length);
    for (const id of aggregates) {
      const counts = heard.events.filter(({ payload }) => payload.id === id).map(({ payload }) => payload.count);
      expect(counts).toEqual(expected);
    }
    expect(databases.every(({ outbox }) => outbox.relayed() > 0)).toBe(true);
    expect(await databases[0].outbox.depth()).toBe(0);
    await Promise.all(databases.map((each) => each.close()));
  });

  it('leave a lane to the one that has it, and go on with the others', async () => {
    const held = Promise.withResolvers<void>();
    const slow = await opened({ append: (events) => held.promise.then(() => destination.append(events)) });
    const [one = '', another = ''] = aggregates.filter((id) => laneOf(id) !== laneOf('taken'));
    await emit(slow, '1', 'taken');
    const quick = await opened(destination);
    await emit(quick, '2', 'taken');
    await emit(quick, '3', one);
    await emit(quick, '4', another);
    await expect.poll(heard.names).toEqual(['3', '4']);
    held.resolve();
    await Promise.all([slow.drained(), quick.drained()]);
    await expect.poll(heard.names).toEqual(['3', '4', '1', '2']);
    await Promise.all([slow.close(), quick.close()]);
  });
});
