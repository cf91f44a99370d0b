import type {
  ChannelFieldsFragment,
  DirectChannelFieldsFragment,
  LiveMessageFieldsFragment,
  PersonFieldsFragment,
  ViewerEventsSubscription,
} from '@kopru/schema/operations/chat-v1.ts';
import { type Content, contentOf, oncePerDelivery } from '../socket/frames.ts';
import { op } from './opcodes.ts';
import { channel as channelRow } from './shapes.ts';

export type ViewerEvent = ViewerEventsSubscription['viewerEvents'];
export type Person = ReturnType<typeof person>;

/** A frame from the server, but for its number. `d` is a function where it depends on whose socket it goes to. */
export interface Dispatch {
  readonly op: number;
  readonly d: object | ((self: Person) => object);
}

/** What there is to say of a delivery: a frame, but for its number; nothing; or that it cannot be said. */
export type Telling =
  | { readonly kind: 'frame'; readonly text: (self: Person) => string }
  | Exclude<Content<never>, { kind: 'data' }>;

/** What to tell of a delivery; made once for all sockets. */
export const tell = oncePerDelivery((delivery): Telling => {
  const content = contentOf<ViewerEventsSubscription>(delivery);
  if (content.kind !== 'data') return content;
  const dispatch = dispatchOf(content.data.viewerEvents);
  return dispatch ? { kind: 'frame', text: frameText(dispatch) } : { kind: 'nothing' };
});

function frameText({ op, d }: Dispatch): (self: Person) => string {
  if (typeof d === 'function') return (self) => unnumbered(op, d(self));
  const text = unnumbered(op, d);
  return () => text;
}

/** The JSON of a frame up to where its number goes. */
export const unnumbered = (op: number, d: object): string => `{"op":${op},"d":${JSON.stringify(d)}`;
/** The frame with its number among those of one session. */
export const numbered = (text: string, s: number): string => `${text},"s":${s}}`;

/** The dispatch for an event; null for those that the document has no opcode for. */
export function dispatchOf(event: ViewerEvent): Dispatch | null {
  switch (event.__typename) {
    case 'MessageCreated':
      return { op: op.MESSAGE_CREATE, d: message(event) };
    case 'MessageUpdated':
      return { op: op.MESSAGE_UPDATE, d: { ...message(event), edited_at: event.message.editedAt } };
    case 'MessageDeleted':
      return { op: op.MESSAGE_DELETE, d: { message_id: event.messageId, channel_id: event.channelId } };
    case 'ChannelCreated':
      return { op: op.CHANNEL_CREATE, d: channel(event.channel) };
    case 'ChannelUpdated':
      return { op: op.CHANNEL_UPDATE, d: channel(event.channel) };
    case 'ChannelDeleted':
      return {
        op: op.CHANNEL_DELETE,
        d: { channel_id: event.channelId, id: event.channelId, server_id: event.serverId },
      };
    case 'DirectChannelOpened':
      return { op: op.CHANNEL_CREATE, d: directChannel(event.channel) };
    case 'MemberAdded':
      return {
        op: op.SERVER_MEMBER_ADD,
        d: {
          server_id: event.server.id,
          user: person(event.user),
          server_name: event.server.name,
          server_create_at: event.server.createdAt,
        },
      };
    case 'MemberRemoved':
      return {
        op: op.SERVER_MEMBER_REMOVE,
        d: { server_id: event.serverId, user: person(event.user), reason: event.reason.toLowerCase() },
      };
    case 'ServerDeleted':
      // Nobody is in a server that is gone: each member hears that they themselves are out of it.
      return {
        op: op.SERVER_MEMBER_REMOVE,
        d: (self) => ({ server_id: event.serverId, user: self, reason: 'server_deleted' }),
      };
    case 'PresenceChanged':
      return {
        op: op.PRESENCE_UPDATE,
        d: {
          user_id: event.presence.user.id,
          status: event.presence.status.toLowerCase(),
          custom_status: event.presence.customStatus,
        },
      };
    case 'TypingStarted':
      return {
        op: op.TYPING_START,
        d: {
          channel_id: event.channelId,
          user_id: event.user.id,
          username: event.user.username,
          expires_at: event.expiresAt,
        },
      };
    case 'ServerUpdated':
    case 'MemberUpdated':
    case 'RolesChanged':
    case 'ReadStateChanged':
    case 'ForeignEvent':
      return null;
  }
}

export const person = (user: PersonFieldsFragment) => ({
  user_id: user.id,
  username: user.username,
  display_name: user.displayName,
  avatar_url: user.avatarUrl,
});

interface Told {
  readonly inServerId: string | null;
  readonly message: LiveMessageFieldsFragment;
}

const message = ({ inServerId, message }: Told) => ({
  message_id: message.id,
  channel_id: message.channel.id,
  author: person(message.author),
  content: message.content,
  timestamp: message.createdAt,
  server_id: inServerId,
  nonce: message.nonce,
  reply_to: message.replyTo?.id ?? null,
});

const channel = (fields: ChannelFieldsFragment) => ({ channel_id: fields.id, ...channelRow(fields) });

const directChannel = ({ id, createdAt, recipients }: DirectChannelFieldsFragment) => ({
  channel_id: id,
  id,
  server_id: null,
  name: null,
  created_at: createdAt,
  type: 'direct',
  recipients: recipients.map(person),
});
