/** Everything that is promised to clients of the support chat, row by row. */

/** Over HTTP, as the document lists it. */
export const supportEndpoints = [
  'GET /',
  'GET /login',
  'GET /favicon.ico',
  'POST /request-otp',
  'POST /verify-otp',
  'GET /admin',
  'GET /logout',
  'GET /api/threads',
  'GET /api/messages?thread_id=X',
  'POST /api/upload/image',
  'POST /api/upload/audio',
  'GET /uploads/<folder>/<filename>',
  'POST /api/messages/clear?thread_id=X',
  'POST /api/messages/clear_all',
] as const;

/** What clients emit, as the document lists it, and what they emit beside it. */
export const emitted = ['join', 'admin_join', 'heartbeat', 'message_to_admin', 'message_to_visitor'] as const;
export const otherEmitted = [
  'rejoin',
  'history',
  'typing',
  'seen',
  'assign',
  'set_status',
  'notes',
  'add_note',
] as const;

/** What clients hear, as the document lists it, and what they hear beside it. */
export const heard = [
  'joined',
  'message_from_visitor',
  'message_from_admin',
  'message_from_telegram',
  'visitor_online',
] as const;
export const otherHeard = [
  'rejoin_failed',
  'new_message_notification',
  'message_error',
  'typing',
  'thread_updated',
  'thread_started',
  'note_added',
  'messages_cleared',
  'all_cleared',
] as const;

/** What a `message_error` is about. */
export const messageErrors = {
  rate_limit_exceeded: '20 messages a minute',
  db_save_failed: 'nothing was stored, or it is not known',
  telegram_send_failed: 'stored, but not brought to Telegram after three tries',
  invalid_message: 'what cannot be a message',
  unauthorized: 'no session of an agent, or a thread that was not joined',
} as const;

/** What holds beyond single endpoints and events. */
export const supportRules = {
  'a wrong code is 200': '{success:false, message}, and no session',
  'a code signs in once': 'and the one before it is void',
  'no code is shown in production': '500 {success:false, message} where it cannot be sent',
  'lists without a session are []': '401',
  'clearing without a session is Unauthorized': '401 {"error":"Unauthorized"}',
  'pages of agents lead to /login': '302, as logout does',
  'threads by their last message': 'newest first, those without one last',
  'times are Turkish': 'YYYY-MM-DD HH:MM:SS, in UTC+3',
  'empty fields are null': 'file_path of a text, content_text of a picture',
  'a returning visitor rejoins': 'on every connect, and is joined',
  'an answer goes to the other admins': 'as message_from_telegram, never back to who sent it',
  'a preview has 50 characters': 'and ... if there is more; Medya mesajı without a text',
  'a visitor writes where they joined': 'on the same connection, nowhere else',
  'agents have a session': 'or nothing is joined, sent or told',
  'a session that ends is silent': 'its sockets are told so and hang up',
  'files are our own': 'a picture or sound is what an upload gave',
  'a nonce sends once': 'the same thread and nonce give the first message again, and no second event',
  'calls are answered once': 'with the answer or {error:{type, message}}',
  'private stays with agents': 'notes, who answers, who looks after a thread',
  'both transports': 'polling, websocket, and from one to the other',
  'pages of other sites act for nobody': 'a cookie counts for our own pages alone',
  'a cookie is for HTTP alone': 'HttpOnly, SameSite=Lax, new with each sign-in',
  'agents read in Telegram': 'the name, the text and #thread:<id>; pictures and sounds as such',
  'agents answer in Telegram': 'in the thread of what they answer, or that they tag; each answer once',
  'a chat in Telegram is a visitor': 'Telegram-<chat id>, whatever threads it names',
  'a code goes to Telegram': 'and nowhere else',
  'the webhook has a secret': '401 to whoever does not know it',
  'a visitor is shown what is theirs': 'history of their own thread, page by page',
} as const;

/** The rules of the protocol: Engine.IO 4 and Socket.IO 5. */
export const protocolRules = {
  'handshake over polling': 'an open packet with sid, upgrades and intervals',
  'handshake over websocket': 'the same, with nothing to upgrade to',
  'a handshake needs version and transport': 'EIO=4, and one of the two; 400 otherwise',
  'an unknown session is refused': '400, over both transports',
  'a session is not asked by another method': 'GET and POST alone',
  'messages over polling': 'several in one body, with the record separator between',
  'one poll at a time': 'a second one ends the session',
  heartbeat: 'ping, and whoever does not pong is let go',
  upgrade: 'probe, pong, upgrade, and polls before it end with noop',
  'a session closes': 'by a close packet, over both transports',
  'bad packets end the session': 'of either protocol',
  'large packets end the session': 'and are never held whole',
  'connect to the namespace': 'answered with an id of its own',
  'no other namespace': 'connect_error Invalid namespace',
  'connect in time': 'or be let go',
  acknowledgements: 'carry the id of what they answer',
  'binary is nothing to us': 'and harms nobody',
} as const;

export type SupportRow =
  | `support:${(typeof supportEndpoints)[number]}`
  | `support emit:${(typeof emitted | typeof otherEmitted)[number]}`
  | `support hear:${(typeof heard | typeof otherHeard)[number]}`
  | `support error:${keyof typeof messageErrors}`
  | `support rule:${keyof typeof supportRules}`
  | `support protocol:${keyof typeof protocolRules}`;

const named = <Kind extends string, Name extends string>(kind: Kind, names: readonly Name[]) =>
  names.map((name) => `${kind}:${name}` as const);
const keys = <Key extends string>(rows: Readonly<Record<Key, string>>) => Object.keys(rows) as Key[];

export const supportRows: readonly SupportRow[] = [
  ...named('support', supportEndpoints),
  ...named('support emit', [...emitted, ...otherEmitted]),
  ...named('support hear', [...heard, ...otherHeard]),
  ...named('support error', keys(messageErrors)),
  ...named('support rule', keys(supportRules)),
  ...named('support protocol', keys(protocolRules)),
];
