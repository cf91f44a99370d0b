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
  /** Accepts connections again. */
  restore(): void;
  /** Passes nothing on over the connections there are, and closes none. New ones work. */
  freeze(): void;
}

export async function openProxy(target: string): Promise<ServerProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Map<Socket, Socket>();
  let away = false;
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
    inner.on('data', (data) => outer.write(data));
    outer.on('data', (data) => inner.write(data));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = (): Socket[] => [...pairs].flat();
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    addresses: () => [...pairs.values()].map(({ localAddress, localPort }) => `${localAddress}:${localPort}`),
    cut() {
      away = true;
      for (const socket of sockets()) socket.destroy();
    },
    restore() {
      away = false;
    },
    freeze() {
      for (const socket of sockets()) socket.pause();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
