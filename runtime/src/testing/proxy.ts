import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be taken away. */
export interface ServerProxy extends AsyncDisposable {
  /** The server's URL, by way of the proxy. */
  readonly url: string;
  /** The addresses that the server sees. */
  addresses(): string[];
  /** Breaks every connection and accepts none. */
  cut(): void;
  /** Passes so many more bytes of clients on, to the last of them, and cuts. */
  cutAfter(bytes: number): void;
  /** Accepts connections again. */
  restore(): void;
  /** Passes nothing on over the connections there are, and closes none. New ones work. */
  freeze(): void;
  /** Says something to every client, as if the server did. */
  say(data: Buffer): void;
}

export async function openProxy(target: string): Promise<ServerProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Map<Socket, Socket>();
  let away = false;
  let left = Number.POSITIVE_INFINITY;
  const server = createServer((inner) => {
    if (away) return void inner.destroy();
    const outer = connect(Number(port), hostname);
    pairs.set(inner, outer);
    const end = (): void => {
      inner.destroy();
      outer.destroy();
      pairs.delete(inner);
    };
    for (const socket of [inner, outer]) socket.on('close', end).on('error', end);
    inner.on('data', (data) => {
      left -= data.length;
      if (left > 0) return void outer.write(data);
      pairs.delete(inner);
      inner.off('close', end).destroy();
      // Ended in order, so that what came before the cut arrives.
      outer
        .removeAllListeners('data')
        .resume()
        .end(data.subarray(0, data.length + left));
      cut();
    });
    outer.on('data', (data) => inner.write(data));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = (): Socket[] => [...pairs].flat();
  function cut(): void {
    away = true;
    left = Number.POSITIVE_INFINITY;
    for (const socket of sockets()) socket.destroy();
  }
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    addresses: () => [...pairs.values()].map(({ localAddress, localPort }) => `${localAddress}:${localPort}`),
    cut,
    cutAfter(bytes) {
      left = bytes;
    },
    restore() {
      away = false;
    },
    freeze() {
      for (const socket of sockets()) socket.pause();
    },
    say(data) {
      for (const inner of pairs.keys()) inner.write(data);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
