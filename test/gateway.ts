import { onTestFinished } from 'vitest';
import { type GatewayPath, GatewaySocket } from './client/gateway.ts';
import type { Person } from './client/person.ts';
import type { Place } from './place.ts';

/** A socket of the gateway that says nothing by itself; closed when the test ends. `at` counts processes, and starts over. */
export function openGateway(place: Place, path: GatewayPath = '/', at = 0): GatewaySocket {
  return opened(new GatewaySocket(urlAt(place, at), path));
}

/** Somebody's socket, once it is ready; it listens to these guilds from then on. */
export async function joinGateway(
  place: Place,
  { token, username }: Pick<Person, 'token' | 'username'>,
  { path = '/', at = 0, guilds = [] }: { path?: GatewayPath; at?: number; guilds?: readonly string[] } = {},
): Promise<GatewaySocket> {
  const socket = opened(new GatewaySocket(urlAt(place, at), path, { name: username, token }));
  await socket.answered('READY');
  if (guilds.length > 0) await socket.subscribe(...guilds);
  return socket;
}

function opened(socket: GatewaySocket): GatewaySocket {
  onTestFinished(() => socket.drop());
  return socket;
}

function urlAt({ installation: { gateways } }: Place, at: number): string {
  return gateways[at % gateways.length] ?? gateways[0];
}
