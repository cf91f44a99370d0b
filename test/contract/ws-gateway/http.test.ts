import { expect, test } from 'vitest';
import { joinGateway } from '../../gateway.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';

overEveryBackend((place) => {
  const call = (path: string) => fetch(`${place.installation.gatewayHttp[0]}${path}`);
  const json = async (path: string) => {
    const answer = await call(path);
    expect([answer.status, answer.headers.get('content-type')], path).toEqual([200, 'application/json; charset=utf-8']);
    return (await answer.json()) as Record<string, unknown>;
  };

  test('GET /health counts people and guilds, GET /stats sockets too', async () => {
    covers('gateway:GET /health', 'gateway:GET /stats');
    const { owner, member, server_id } = await place.channel();
    const other = await place.server(owner);
    expect(await json('/health')).toEqual({ status: 'ok', service: 'websocket-gateway', connections: 0, guilds: 0 });
    const sockets = [
      await joinGateway(place, owner, { guilds: [server_id, other.server_id] }),
      await joinGateway(place, owner, { path: '/ws', guilds: [server_id] }),
      await joinGateway(place, member),
    ];
    expect(await json('/health')).toEqual({ status: 'ok', service: 'websocket-gateway', connections: 2, guilds: 2 });
    expect(await json('/stats')).toEqual({ connectedUsers: 2, totalConnections: 3, guildSubscriptions: 2 });
    for (const socket of sockets) await socket.close();
    await expect.poll(() => json('/stats')).toEqual({ connectedUsers: 0, totalConnections: 0, guildSubscriptions: 0 });
  });

  test('GET /ready and GET /metrics are for those who run it', async () => {
    covers('gateway:GET /ready', 'gateway:GET /metrics');
    expect(await json('/ready')).toEqual({ status: 'ready', service: 'websocket-gateway' });
    expect(await (await call('/metrics')).text()).toMatch(/^kopru_legacy_sockets\{dialect="ws-gateway"/m);
  });

  test('GET /swagger is a page, and GET /swagger/json what it shows', async () => {
    covers('gateway:GET /swagger', 'gateway:GET /swagger/json');
    const page = await call('/swagger');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await page.text();
    const scripts = [...html.matchAll(/<script src="([^"]+)"/g)].map(([, url = '']) => url);
    const [start] = await Promise.all(scripts.slice(-1).map(async (url) => (await call(url)).text()));
    expect(start).toContain('/swagger/json');
    const description = await json('/swagger/json');
    expect(description.openapi).toMatch(/^3\.1\./);
    expect(description.paths).toHaveProperty('/health.get.responses.200');
  });

  test('GET /asyncapi.json describes the socket, and GET /asyncapi shows it', async () => {
    covers('gateway:GET /asyncapi', 'gateway:GET /asyncapi.json');
    expect(await json('/asyncapi.json')).toMatchObject({ asyncapi: '3.0.0', defaultContentType: 'application/json' });
    expect(await (await call('/asyncapi')).text()).toContain('GUILD_SUBSCRIBE');
  });
});
