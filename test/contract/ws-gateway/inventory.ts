/** Everything that is promised to clients of the WebSocket Gateway, row by row. */

/** What clients send, as the document lists it. */
export const clientOperations = ['IDENTIFY', 'HEARTBEAT', 'GUILD_SUBSCRIBE', 'GUILD_UNSUBSCRIBE'] as const;
/** What the server answers, as the document lists it. */
export const answers = ['READY', 'HEARTBEAT_ACK'] as const;
/** What is served beside the document: on `/ws` alone, and by the server. */
export const webOperations = ['SUBSCRIBE', 'UNSUBSCRIBE'] as const;
export const otherAnswers = ['HELLO', 'INVALID_SESSION', 'ERROR'] as const;

/** What the server announces, as the document lists it. */
export const gatewayEvents = [
  'message.create',
  'message.update',
  'message.delete',
  'presence.update',
  'typing.start',
  'guild.create',
  'guild.update',
  'guild.delete',
  'channel.create',
  'channel.update',
  'channel.delete',
] as const;

/** Over HTTP: the document's, and those beside it. */
export const documentedEndpoints = ['GET /health'] as const;
export const otherEndpoints = [
  'GET /stats',
  'GET /ready',
  'GET /metrics',
  'GET /swagger',
  'GET /swagger/json',
  'GET /asyncapi',
  'GET /asyncapi.json',
] as const;

/** Why a socket is closed. Those for clients that do not read and for too many subscriptions are tested beside the session: they take megabytes and minutes. */
export const gatewayCloseCodes = {
  4002: 'not JSON, or larger than 16 KiB',
  4003: 'no IDENTIFY within 10 s, or something else before it',
  4004: 'the token is no good, or not any more',
  4008: 'rate limited: 120 frames a minute',
  4009: 'no heartbeat for 60 s',
} as const;

/** What holds beyond single frames. */
export const gatewayRules = {
  'IDENTIFY comes on open': 'without waiting for anything',
  'an event frame has no op': 'event and data, and nothing else',
  'one account, many sockets': 'each hears everything; one that closes leaves the others',
  '/ messages have authorId as an id': 'and author as an object beside it',
  '/ws messages have authorId as an object': '{_id, id, username, displayName, avatarUrl}',
  '/ws answers quote': 'replyToId is {authorId: {username}, content}',
  'guild events are for subscribers': 'without GUILD_SUBSCRIBE there are none',
  'guild events are for members': 'others are told ERROR, and hear nothing',
  'channel events are for readers': 'of the channel, on both paths',
  'direct channels by SUBSCRIBE': 'for their two people',
  'who is kicked hears nothing more': 'nor who is banned, who leaves, or when the guild is deleted',
  'who loses a channel hears nothing more of it': 'and again when it is given back',
  'who logs out hears nothing more': '4004 on every socket of the session',
  'own guilds come without a subscription': 'guild.create and guild.delete of oneself',
  'presence follows the sockets': 'online with the first, offline with the last',
  'a message comes from every dialect': 'REST and GraphQL alike, with the same id',
  'an unknown operation changes nothing': 'ERROR, and the socket stays open',
  'other paths are not there': '404',
  'the descriptions are true': 'every frame is as the AsyncAPI document says',
} as const;

export type GatewayRow =
  | `gateway:${(typeof clientOperations | typeof answers | typeof webOperations | typeof otherAnswers | typeof gatewayEvents)[number]}`
  | `gateway:${(typeof documentedEndpoints | typeof otherEndpoints)[number]}`
  | `gateway close:${keyof typeof gatewayCloseCodes}`
  | `gateway rule:${keyof typeof gatewayRules}`;

export const gatewayRows: readonly GatewayRow[] = [
  ...[...clientOperations, ...answers, ...webOperations, ...otherAnswers, ...gatewayEvents].map(
    (name): GatewayRow => `gateway:${name}`,
  ),
  ...[...documentedEndpoints, ...otherEndpoints].map((endpoint): GatewayRow => `gateway:${endpoint}`),
  ...(Object.keys(gatewayCloseCodes) as `${keyof typeof gatewayCloseCodes}`[]).map(
    (code): GatewayRow => `gateway close:${code}` as GatewayRow,
  ),
  ...(Object.keys(gatewayRules) as (keyof typeof gatewayRules)[]).map((rule): GatewayRow => `gateway rule:${rule}`),
];
