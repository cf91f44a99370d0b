import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { nextPrefix } from './frames.ts';
import { Outbox } from './outbox.ts';

/** A connection that writes when told to. */
class Wire extends Duplex {
  readonly writes: string[] = [];
  release = (): void => undefined;

  override _writev(chunks: readonly { chunk: Buffer }[], done: () => void): void {
    this.writes.push(Buffer.concat(chunks.map(({ chunk }) => chunk)).toString());
    this.release = done;
  }
}

test('what one turn of the loop brings goes out in one write', async () => {
  const wire = new Wire();
  const outbox = new Outbox(wire);
  outbox.push(nextPrefix('a'), Buffer.from('1}'));
  outbox.push(nextPrefix('b'), Buffer.from('2}'));
  expect(wire.writes).toEqual([]);
  expect(outbox.framesBehind).toBe(2);
  await setImmediate();
  expect(wire.writes).toEqual([
    '\ufffd\'{"id":"a","type":"next","payload":1}\ufffd\'{"id":"b","type":"next","payload":2}'.replaceAll("'", '$'),
  ]);
  wire.release();
  await setImmediate();
  expect(outbox.framesBehind).toBe(0);
});

test('a client is behind by what later turns find unsent, not by what one turn brings', async () => {
  const outbox = new Outbox(new Wire());
  for (let n = 0; n < 3; n++) outbox.push(nextPrefix('a'), Buffer.alloc(1024 * 1024));
  expect(outbox.keepsUp).toBe(true);
  await setImmediate();
  expect(outbox.keepsUp).toBe(false);
  expect(outbox.framesBehind).toBe(3);
});
