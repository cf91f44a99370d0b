import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { textFrame } from './frames.ts';
import { SocketWriter } from './writer.ts';

let http: Server;
let client: WebSocket;
let socket: WebSocket;
let stream: Duplex;
let received: string[];

beforeEach(async () => {
  http = createServer();
  const acceptor = new WebSocketServer({ noServer: true });
  const accepted = new Promise<void>((resolve) => {
    http.on('upgrade', (request, connection, head) => {
      stream = connection;
      acceptor.handleUpgrade(request, connection, head, (opened) => {
        socket = opened;
        resolve();
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  received = [];
  client.on('message', (data) => received.push(String(data)));
  await Promise.all([accepted, new Promise((resolve) => client.on('open', resolve))]);
});
afterEach(async () => {
  client.terminate();
  await new Promise((resolve) => http.close(resolve));
});

test('frames of one turn of the event loop go out in one write, in their order', async () => {
  const writes = ['_write', '_writev'].map((name) => vi.spyOn(stream, name as '_write'));
  const written = () => writes.reduce((sum, write) => sum + write.mock.calls.length, 0);
  const writer = new SocketWriter(socket, stream);
  const texts = Array.from({ length: 10 }, (_, number) => `frame ${number}`);
  for (const text of texts) expect(writer.send(text)).toBe(true);
  expect(written()).toBe(0);
  await eventually(() => expect(received).toEqual(texts));
  expect(written()).toBe(1);
  writer.send('another turn');
  await eventually(() => expect(received).toHaveLength(11));
  expect(written()).toBe(2);
});

test.each([0, 1, 125, 126, 65_535, 65_536])(
  'a prepared frame of %i bytes arrives as it is, in its place',
  async (size) => {
    const writer = new SocketWriter(socket, stream);
    const texts = ['before', 'ü'.repeat(size >> 1) + 'x'.repeat(size % 2), 'after'];
    writer.send('before');
    writer.sendFrame(textFrame(texts[1] ?? ''));
    writer.send('after');
    await eventually(() => expect(received).toEqual(texts));
    expect(Buffer.byteLength(texts[1] ?? '')).toBe(size);
  },
);

test('says when the client has not taken what it was sent', async () => {
  client.pause();
  const writer = new SocketWriter(socket, stream);
  const text = 'x'.repeat(256 * 1024);
  let taken = true;
  await eventually(() => {
    taken &&= writer.send(text);
    expect(taken).toBe(false);
  });
  expect(socket.bufferedAmount).toBeLessThan(2 * 1024 * 1024);
});

test('says nothing to a socket that is closing', () => {
  const writer = new SocketWriter(socket, stream);
  socket.close();
  const waiting = socket.bufferedAmount;
  expect(writer.send('too late')).toBe(true);
  expect(writer.sendFrame(textFrame('too late'))).toBe(true);
  expect(socket.bufferedAmount).toBe(waiting);
});
