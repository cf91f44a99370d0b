import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryPlanner } from '@apollo/query-planner';
import { unavailable } from '@kopru/runtime/errors.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openFixture } from './fixture.ts';

const said = 'subscription ($room: ID!) { said(room: $room) { text author { name } } }';
const saidWithDiary = 'subscription ($room: ID!) { said(room: $room) { text author { name diary } } }';
const saidToMe = 'subscription { saidToMe { text author { name } } }';

let dataDir: string;
let fixture: Awaited<ReturnType<typeof openFixture>>;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kopru-engine-'));
  fixture = await openFixture(dataDir);
  for (const person of ['ada', 'can', 'eve']) await fixture.move(person, 'hall', 'in');
});
afterEach(async () => {
  await fixture.close();
  await rm(dataDir, { recursive: true });
});

test('two viewers of one event never see what is private to the other', async () => {
  const ada = await fixture.listen('ada', saidWithDiary, { room: 'hall' });
  const can = await fixture.listen('can', saidWithDiary, { room: 'hall' });
  await fixture.say('hall', 'ada', 'one');
  await fixture.say('hall', 'can', 'two');
  await eventually(() => expect([ada.texts(), can.texts()].map(({ length }) => length)).toEqual([2, 2]));
  expect(ada.texts()).toEqual([
    { text: 'one', author: { name: 'name of ada', diary: 'diary of ada' } },
    { text: 'two', author: { name: 'name of can', diary: null } },
  ]);
  expect(can.texts()).toEqual([
    { text: 'one', author: { name: 'name of ada', diary: null } },
    { text: 'two', author: { name: 'name of can', diary: 'diary of can' } },
  ]);
  for (const { deliveries } of [ada, can]) for (const { result } of deliveries) expect(result.errors).toBeUndefined();
});

test('subscribers of the same operation and variables share one execution and one text', async () => {
  const listeners = await Promise.all(
    Array.from({ length: 50 }, (_, n) => fixture.listen(['ada', 'can', 'eve'][n % 3] ?? 'ada', said, { room: 'hall' })),
  );
  await fixture.say('hall', 'eve', 'hello');
  await eventually(() => expect(listeners.every(({ deliveries }) => deliveries.length === 1)).toBe(true));
  expect(fixture.state.calls).toMatchObject({ said: 1, people: 1 });
  expect(new Set(listeners.map(({ deliveries }) => deliveries[0])).size).toBe(1);
  expect(listeners[0]?.deliveries[0]?.text).toBe('{"data":{"said":{"text":"hello","author":{"name":"name of eve"}}}}');
  expect(fixture.graph.live.size).toEqual({ subscriptions: 50, groups: 1 });
});

test('the same operation written differently shares too', async () => {
  await fixture.listen('ada', said, { room: 'hall' });
  await fixture.listen('can', said.replaceAll(' ', '\n  '), { room: 'hall' });
  await fixture.listen('eve', said, { unknown: 'to the operation', room: 'hall' });
  expect(fixture.graph.live.size).toEqual({ subscriptions: 3, groups: 1 });
});

test('once a resolver asked for the viewer, nothing of that operation is shared any more', async () => {
  const ada = await fixture.listen('ada', saidWithDiary, { room: 'hall' });
  const can = await fixture.listen('can', saidWithDiary, { room: 'hall' });
  await fixture.say('hall', 'eve', 'first');
  await eventually(() => expect([ada.deliveries.length, can.deliveries.length]).toEqual([1, 1]));
  expect(fixture.state.audiences).toEqual([['channel:hall'], null, null]);
  await fixture.say('hall', 'eve', 'second');
  await eventually(() => expect([ada.deliveries.length, can.deliveries.length]).toEqual([2, 2]));
  expect(fixture.state.audiences.slice(3)).toEqual([null, null]);
});

test('who will see it is who was granted it, not everybody whom the event is for', async () => {
  await fixture.move('ada', 'attic', 'in');
  const inHall = await fixture.listen('can', said, { room: 'hall' });
  const inAttic = await fixture.listen('ada', said, { room: 'attic' });
  const anywhere = [await fixture.listen('ada', saidToMe), await fixture.listen('eve', saidToMe)];
  await fixture.say('hall', 'can', 'both', 'attic', 'cellar');
  const all = [inHall, inAttic, ...anywhere];
  await eventually(() => expect(all.map(({ deliveries }) => deliveries.length)).toEqual([1, 1, 1, 1]));
  // One execution for each group: of the last, one hears by both rooms and one by the hall, so both must grant it.
  expect(fixture.state.audiences.map((audience) => audience?.join()).sort()).toEqual([
    'channel:attic',
    'channel:hall',
    'channel:hall,channel:attic',
  ]);
});

test('who hears of an event a little later shares what was made for the same audience, and nothing else', async () => {
  await fixture.move('ada', 'attic', 'in');
  await fixture.listen('can', saidToMe);
  const late = [await fixture.listen('eve', saidToMe), await fixture.listen('ada', saidToMe)];
  const grants: (() => void)[] = [];
  fixture.state.afterGrant = () => new Promise((resolve) => grants.push(resolve));
  for (const person of ['eve', 'ada']) await fixture.move(person, 'hall', 'in');
  await eventually(() => expect(grants).toHaveLength(2));
  await fixture.say('hall', 'can', 'hello', 'attic');
  await eventually(() => expect(fixture.state.audiences).toEqual([['channel:hall']]));
  for (const granted of grants) granted();
  await eventually(() => expect(late.map(({ deliveries }) => deliveries.length)).toEqual([1, 1]));
  expect(fixture.state.audiences).toEqual([['channel:hall'], ['channel:hall', 'channel:attic']]);
});

test('events are delivered in the order of the log, however long each takes to complete', async () => {
  const waiting = new Map<string, () => void>();
  fixture.state.beforePerson = (id) => new Promise((resolve) => waiting.set(id, resolve));
  const { texts, deliveries } = await fixture.listen('ada', said, { room: 'hall' });
  for (const author of ['p1', 'p2', 'p3']) await fixture.say('hall', author, author);
  await eventually(() => expect(waiting.size).toBe(3));
  waiting.get('p3')?.();
  waiting.get('p2')?.();
  await eventually(() => expect(fixture.state.calls.people).toBe(3));
  expect(deliveries).toEqual([]);
  waiting.get('p1')?.();
  await eventually(() => expect(texts()).toMatchObject([{ text: 'p1' }, { text: 'p2' }, { text: 'p3' }]));
});

test('an event waits for a subgraph that is away for a moment, and those after it with it', async () => {
  let failures = 3;
  fixture.state.beforePerson = async (id) => {
    if (id === 'late' && failures-- > 0) throw unavailable();
  };
  const { texts, deliveries } = await fixture.listen('ada', said, { room: 'hall' });
  await fixture.say('hall', 'late', 'one');
  await fixture.say('hall', 'can', 'two');
  await eventually(() => expect(deliveries).toHaveLength(2));
  expect(texts()).toEqual([
    { text: 'one', author: { name: 'name of late' } },
    { text: 'two', author: { name: 'name of can' } },
  ]);
});

test('an event whose subgraph stays away is delivered with the error, and the next as usual', async () => {
  fixture.state.beforePerson = async (id) => {
    if (id === 'broken') throw unavailable('The people are out.');
  };
  const { deliveries } = await fixture.listen('ada', said, { room: 'hall' });
  await fixture.say('hall', 'broken', 'one');
  await fixture.say('hall', 'can', 'two');
  await eventually(() => expect(deliveries).toHaveLength(2));
  expect(deliveries[0]?.result).toMatchObject({
    errors: [{ message: 'The people are out.', extensions: { code: 'UNAVAILABLE' }, path: ['said', 'author'] }],
  });
  expect(deliveries[1]?.result).toEqual({ data: { said: { text: 'two', author: { name: 'name of can' } } } });
});

test('who may not listen is refused with the reason', async () => {
  const { opened } = await fixture.listen('mallory', said, { room: 'hall' });
  expect(opened).toMatchObject({ errors: [{ message: 'Not in this room.', extensions: { code: 'FORBIDDEN' } }] });
  expect(fixture.graph.live.size).toEqual({ subscriptions: 0, groups: 0 });
});

test('who is put out hears nothing from that moment and is told why; the others go on', async () => {
  const ada = await fixture.listen('ada', said, { room: 'hall' });
  const can = await fixture.listen('can', said, { room: 'hall' });
  await fixture.say('hall', 'eve', 'before');
  await fixture.move('can', 'hall', 'out');
  await fixture.say('hall', 'eve', 'after');
  await eventually(() => expect(can.ended.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]));
  await eventually(() => expect(ada.texts()).toMatchObject([{ text: 'before' }, { text: 'after' }]));
  expect(can.texts()).toMatchObject([{ text: 'before' }]);
});

test('who is let in while connected hears everything from that moment, also what was said while access was checked', async () => {
  const ada = await fixture.listen('ada', saidToMe);
  fixture.state.afterGrant = async () => {
    fixture.state.afterGrant = async () => undefined;
    await fixture.say('attic', 'eve', 'in the attic already');
    await fixture.say('hall', 'eve', 'in the hall meanwhile');
  };
  await fixture.say('attic', 'eve', 'before ada came');
  await fixture.move('ada', 'attic', 'in');
  await fixture.say('attic', 'eve', 'later');
  await eventually(() => expect(ada.deliveries).toHaveLength(3));
  // "later" was said while the first of the three was still being read, so only its place among them is open.
  expect(
    ada
      .texts()
      .map((message) => (message as { text: string }).text)
      .sort(),
  ).toEqual(['in the attic already', 'in the hall meanwhile', 'later']);
  const positions = ada.deliveries.map(({ event }) => event.position);
  expect(positions).toEqual([...positions].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
});

test('who comes in the middle of something gets what was said before, then the rest, each once and in order', async () => {
  fixture.state.after = await fixture.log.position();
  await fixture.say('hall', 'eve', 'one');
  await fixture.say('attic', 'eve', 'elsewhere');
  fixture.state.afterGrant = () => fixture.say('hall', 'eve', 'two');
  const { texts } = await fixture.listen('ada', 'subscription { said(room: "hall") { text } }');
  await fixture.say('hall', 'eve', 'three');
  const heard = ['one', 'two', 'three'].map((text) => ({ text }));
  await eventually(() => expect(texts()).toEqual(heard));
});

test('who is put out while coming in gets nothing of what was said before', async () => {
  fixture.state.after = await fixture.log.position();
  await fixture.say('hall', 'eve', 'one');
  fixture.state.afterGrant = async () => {
    fixture.state.afterGrant = async () => undefined;
    await fixture.move('ada', 'hall', 'out');
  };
  const { opened, deliveries } = await fixture.listen('ada', said, { room: 'hall' });
  expect(opened).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  expect(deliveries).toEqual([]);
});

test('where the log no longer reaches back to where something began, it begins now', async () => {
  fixture.state.after = '1-0';
  await fixture.say('hall', 'eve', 'one');
  const { texts } = await fixture.listen('ada', 'subscription { said(room: "hall") { text } }');
  await fixture.say('hall', 'eve', 'two');
  await eventually(() => expect(texts()).toEqual([{ text: 'two' }]));
});

test('access that ends between the grant and the first event is noticed', async () => {
  fixture.state.afterGrant = async () => {
    fixture.state.afterGrant = async () => undefined;
    await fixture.move('can', 'hall', 'out');
  };
  const { opened, deliveries } = await fixture.listen('can', said, { room: 'hall' });
  await fixture.say('hall', 'eve', 'not for can');
  expect(opened).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  expect(deliveries).toEqual([]);
});

test('a subscription waits for a subgraph that is away for a moment', async () => {
  const rooms = fixture.subgraph('rooms');
  const handshake = rooms.handshake.bind(rooms);
  let failures = 2;
  rooms.handshake = async (request) => {
    if (failures-- > 0) throw unavailable();
    return handshake(request);
  };
  const { opened } = await fixture.listen('ada', said, { room: 'hall' });
  expect(opened).toHaveProperty('handle');
});

test('a subscriber whose door fails does not disturb the others', async () => {
  const broken = await fixture.listen('can', said, { room: 'hall' });
  broken.deliveries.push = () => {
    throw new Error('the door fell off');
  };
  const ada = await fixture.listen('ada', said, { room: 'hall' });
  await fixture.say('hall', 'eve', 'one');
  await fixture.say('hall', 'eve', 'two');
  await eventually(() => expect(ada.texts()).toMatchObject([{ text: 'one' }, { text: 'two' }]));
  expect(fixture.graph.live.size.subscriptions).toBe(1);
});

test('a closed subscription hears nothing more and leaves nothing behind', async () => {
  const ada = await fixture.listen('ada', said, { room: 'hall' });
  const can = await fixture.listen('can', said, { room: 'hall' });
  if ('handle' in ada.opened) ada.opened.handle.close();
  await fixture.say('hall', 'eve', 'hello');
  await eventually(() => expect(can.deliveries).toHaveLength(1));
  expect(ada.deliveries).toEqual([]);
  if ('handle' in can.opened) can.opened.handle.close();
  expect(fixture.graph.live.size).toEqual({ subscriptions: 0, groups: 0 });
});

test('queries run through the same graph, with errors that tell a code and nothing of the inside', async () => {
  const { parse } = await import('graphql');
  fixture.state.beforePerson = async () => {
    throw new Error('SELECT secret FROM somewhere');
  };
  const caller = await fixture.callerFor('ada');
  const ok = await fixture.graph.execute({ document: parse('{ rooms }'), caller });
  expect(ok).toEqual({ data: { rooms: ['hall'] } });
  const { opened, deliveries } = await fixture.listen('ada', said, { room: 'hall' });
  expect(opened).toHaveProperty('handle');
  await fixture.say('hall', 'ada', 'x');
  await eventually(() => expect(deliveries).toHaveLength(1));
  expect(deliveries[0]?.text).not.toContain('SELECT');
  expect(deliveries[0]?.result.errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
});

test('what the variables hold makes no new plan', async () => {
  const plan = vi.spyOn(QueryPlanner.prototype, 'buildQueryPlan');
  onTestFinished(() => plan.mockRestore());
  await fixture.move('ada', 'attic', 'in');
  const hall = await fixture.listen('ada', said, { room: 'hall' });
  const attic = await fixture.listen('ada', said, { room: 'attic' });
  await fixture.say('hall', 'eve', 'down');
  await fixture.say('attic', 'eve', 'up');
  await eventually(() => expect([hall.texts(), attic.texts()]).toMatchObject([[{ text: 'down' }], [{ text: 'up' }]]));
  expect(plan).toHaveBeenCalledTimes(1);
});

test('what is live, and how far behind, shows in the metrics', async () => {
  const listener = await fixture.listen('ada', said, { room: 'hall' });
  await fixture.listen('can', said, { room: 'hall' });
  await fixture.listen('ada', said, { room: 'attic' });
  await fixture.say('hall', 'eve', 'hello');
  await eventually(() => expect(listener.texts()).toHaveLength(1));
  const metrics = await fixture.state.metrics.metrics();
  for (const line of [
    'kopru_live_subscriptions 2',
    'kopru_live_operations 1',
    'kopru_live_subscriptions_total{outcome="ok"} 2',
    'kopru_live_subscriptions_total{outcome="FORBIDDEN"} 1',
    'kopru_live_lag_seconds_count 1',
  ])
    expect(metrics).toContain(`\n${line}\n`);
  expect(metrics).toContain('kopru_live_lag_seconds_bucket{le="60"} 1');
});
