import { newId } from '@kopru/runtime/ids.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { CloseConnection, OpenConnection, RenewConnections } from '@kopru/schema/operations/connections.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runAs } from '../operation.ts';
import { FakeGraph } from '../testing/graph.ts';
import { Connections } from './connections.ts';

const caller = { requestId: newId(), client: { address: '', userAgent: '' }, token: 'of ada' };
let graph: FakeGraph;
let connections: Connections;
/** The connections that the graph knows of. */
let live: Set<string>;

beforeEach(() => {
  live = new Set();
  graph = new FakeGraph()
    .on(OpenConnection, ({ input }) => {
      live.add(input.connectionId);
      return { openConnection: { expiresAt: '' } };
    })
    .on(RenewConnections, ({ input }) => ({
      renewConnections: { renewed: input.connectionIds.filter((id) => live.has(id)) },
    }))
    .on(CloseConnection, ({ input }) => {
      live.delete(input.connectionId);
      return { closeConnection: { presence: { status: 'OFFLINE' } } };
    });
  connections = new Connections(graph, createLogger('test', 'silent'), 10);
});
afterEach(() => connections.stop());

const asked = (name: string) => graph.asked.filter((operation) => operation.name === name);

test('connections are renewed together, as the service, until they are closed', async () => {
  await connections.open('one', runAs(graph, caller));
  await connections.open('two', runAs(graph, caller));
  await eventually(() => expect(asked('RenewConnections').length).toBeGreaterThan(1));
  expect(asked('RenewConnections')[0]).toMatchObject({
    variables: { input: { connectionIds: ['one', 'two'] } },
    caller: { asService: true },
  });
  await connections.close('one');
  await connections.close('one');
  expect(asked('CloseConnection')).toMatchObject([{ variables: { input: { connectionId: 'one' } } }]);
  await eventually(() =>
    expect(asked('RenewConnections').at(-1)?.variables).toEqual({ input: { connectionIds: ['two'] } }),
  );
});

test('one that ran out meanwhile is opened again by its viewer', async () => {
  await connections.open('one', runAs(graph, caller));
  live.clear();
  await eventually(() => expect(live).toEqual(new Set(['one'])));
  expect(asked('OpenConnection')).toHaveLength(2);
  expect(asked('OpenConnection')[1]?.caller).toBe(caller);
});

test('a renewal that fails is tried again', async () => {
  await connections.open('one', runAs(graph, caller));
  let failures = 0;
  graph.on(RenewConnections, ({ input }) => {
    failures += 1;
    if (failures < 3) throw new Error('away');
    return { renewConnections: { renewed: input.connectionIds } };
  });
  await eventually(() => expect(failures).toBeGreaterThan(3));
});

test('one that could not be opened is not kept', async () => {
  graph.on(OpenConnection, () => {
    throw new Error('away');
  });
  await expect(connections.open('one', runAs(graph, caller))).rejects.toThrow('away');
  await connections.close('one');
  expect(asked('CloseConnection')).toEqual([]);
});

test('many are renewed in batches', async () => {
  await Promise.all(Array.from({ length: 1_001 }, (_, number) => connections.open(`c${number}`, runAs(graph, caller))));
  await eventually(() => expect(asked('RenewConnections').length).toBeGreaterThanOrEqual(3));
  const sizes = asked('RenewConnections').map(
    ({ variables }) => (variables as { input: { connectionIds: string[] } }).input.connectionIds.length,
  );
  expect(Math.max(...sizes)).toBe(500);
});
