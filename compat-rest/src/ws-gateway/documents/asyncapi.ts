import { close, type Dialect, dialects } from '../opcodes.ts';
import { frameSchema, introduction, type Message, messages } from './messages.ts';
import { type Schema, schemas } from './schemas.ts';

const channels: Readonly<Record<Dialect, { readonly key: string; readonly title: string }>> = {
  '/': { key: 'document', title: 'The document' },
  '/ws': { key: 'web', title: 'The web client' },
};

/** Names are unique in the document, so those of frames that differ by path have it in their key. */
const keyOf = ({ name, on }: Message): string =>
  on.length === dialects.length ? name : `${name}.${channels[on[0] ?? '/'].key}`;

const on = (dialect: Dialect): readonly Message[] => messages.filter((message) => message.on.includes(dialect));

/** The AsyncAPI 3.0 document of the socket, which listens on `port`. */
export function asyncApi(port: number): Schema {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'WebSocket Gateway',
      version: '1.0.0',
      description: `${introduction}\n\n${closing}`,
      externalDocs: { description: 'The HTTP side', url: '/swagger' },
    },
    defaultContentType: 'application/json',
    servers: {
      gateway: {
        host: `{host}:${port}`,
        protocol: 'ws',
        variables: { host: { default: 'localhost', description: 'Where it runs.' } },
      },
    },
    channels: Object.fromEntries(dialects.map((dialect) => [channels[dialect].key, channel(dialect)])),
    operations: Object.fromEntries(
      dialects.flatMap((dialect) => on(dialect).map((message) => operation(dialect, message))),
    ),
    components: {
      messages: Object.fromEntries(messages.map((message) => [keyOf(message), described(message)])),
      schemas,
    },
  };
}

const closing = `Close codes: ${Object.values(close)
  .map(([code, reason]) => `${code} ${reason}`)
  .join('; ')}.`;

const channel = (dialect: Dialect): Schema => ({
  address: dialect,
  title: channels[dialect].title,
  servers: [{ $ref: '#/servers/gateway' }],
  messages: Object.fromEntries(
    on(dialect).map((message) => [message.name, { $ref: `#/components/messages/${keyOf(message)}` }]),
  ),
});

/** Whatever a client sends, the gateway receives. */
function operation(dialect: Dialect, { name, from, summary, reply }: Message): [key: string, Schema] {
  const { key } = channels[dialect];
  const reference = { $ref: `#/channels/${key}` };
  const message = (of: string): Schema => ({ $ref: `#/channels/${key}/messages/${of}` });
  return [
    `${key}.${name}`,
    {
      action: from === 'client' ? 'receive' : 'send',
      channel: reference,
      summary,
      messages: [message(name)],
      ...(reply && { reply: { channel: reference, messages: [message(reply)] } }),
    },
  ];
}

const described = (message: Message): Schema => ({
  name: message.name,
  title: message.name,
  summary: message.summary,
  payload: frameSchema(message),
});
