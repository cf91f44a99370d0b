import { constant, count, object, type Schema, text } from './schemas.ts';

const json = (description: string, schema: Schema): Schema => ({
  description,
  content: { 'application/json': { schema } },
});
const page = (description: string): Schema => ({
  description,
  content: { 'text/html': { schema: { type: 'string' } } },
});
const anyObject: Schema = { type: 'object' };

const get = (operationId: string, summary: string, responses: Readonly<Record<string, Schema>>): Schema => ({
  get: { operationId, summary, responses },
});
const readiness = (status: string): Schema =>
  object({ status: constant(status), service: text('Which service this is.') });

/** The OpenAPI 3.1 document of the gateway's HTTP side. */
export const openApi: Schema = {
  openapi: '3.1.0',
  info: {
    title: 'WebSocket Gateway, HTTP side',
    version: '1.0.0',
    description:
      'What the gateway answers over HTTP. The socket itself is described on [/asyncapi](/asyncapi), for programs at [/asyncapi.json](/asyncapi.json).',
  },
  servers: [{ url: '/' }],
  paths: {
    '/health': get('health', 'Whether it runs, and how much is going on', {
      200: json(
        'It runs.',
        object({
          status: constant('ok'),
          service: constant('websocket-gateway'),
          connections: count('People with at least one socket.'),
          guilds: count('Guilds that somebody listens to.'),
        }),
      ),
    }),
    '/stats': get('stats', 'How much is going on', {
      200: json(
        'Numbers of this process.',
        object({
          connectedUsers: count('People with at least one socket.'),
          totalConnections: count('Sockets.'),
          guildSubscriptions: count('Guilds that somebody listens to.'),
        }),
      ),
    }),
    '/ready': get('ready', 'Whether it can serve', {
      200: json('It can.', readiness('ready')),
      503: json('Something that it needs cannot be reached.', readiness('not ready')),
    }),
    '/metrics': get('metrics', 'Numbers for Prometheus', {
      200: { description: 'In its text format.', content: { 'text/plain': { schema: { type: 'string' } } } },
    }),
    '/swagger': get('swagger', 'This page', { 200: page('Reads /swagger/json.') }),
    '/swagger/json': get('openApi', 'This description', { 200: json('An OpenAPI 3.1 document.', anyObject) }),
    '/asyncapi': get('asyncApiPage', 'The socket, described for people', { 200: page('Operations and events.') }),
    '/asyncapi.json': get('asyncApi', 'The socket, described for programs', {
      200: json('An AsyncAPI 3.0 document.', anyObject),
    }),
  },
};
