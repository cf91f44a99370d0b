import { z } from 'zod';

/**
 * The shapes of Chat v1 as its clients read them. Keys beyond these may be added, so the objects are loose.
 * Ids are UUIDv7, times ISO 8601 in UTC with `Z`.
 */
const id = z.uuidv7();
const time = z.iso.datetime({ offset: false });
const said = (msg: string | RegExp) => (typeof msg === 'string' ? z.literal(msg) : z.string().regex(msg));

export const User = z.looseObject({ id, username: z.string(), email: z.email().nullable(), created_at: time });

/** Tokens; `expires_in` in seconds. */
const tokens = {
  token: z.jwt(),
  access_token: z.jwt(),
  refresh_token: z.string().min(20),
  expires_in: z.int().positive(),
};
export const SignedIn = z.looseObject({ msg: z.string(), ...tokens, user: User });
export const Registered = SignedIn.extend({ msg: said('register success') });
export const LoggedIn = SignedIn.extend({ msg: said('login success') });
export const Refreshed = z.looseObject({ msg: z.string(), ...tokens });
/** An answer of which clients read the sentence alone. */
export const Said = z.looseObject({ msg: z.string().min(1) });

const Server = z.looseObject({ server_id: id, server_name: z.string(), server_create_at: time });
export const ServerInDetail = Server.extend({ owner_id: id });
export const Servers = z.looseObject({ servers: z.array(Server) });
export const ServerCreated = z.looseObject({ msg: said('server created'), server_id: id, server: Server });
export const ServerUpdated = z.looseObject({ msg: z.string().min(1), server: Server });

const Invite = z.looseObject({
  code: z.string().min(16),
  server_id: id,
  created_at: time,
  expires_at: time.nullable(),
  max_uses: z.int().nullable(),
  uses: z.int(),
});
export const Invited = z.looseObject({ msg: z.string().min(1), invite: Invite });
export const Joined = z.looseObject({ msg: z.string().min(1), server: Server });

const Channel = z.looseObject({ id, server_id: id, name: z.string(), created_at: time });
export const Channels = z.looseObject({ server_id: id, channels: z.array(Channel) });
export const ChannelCreated = z.looseObject({
  msg: said(/^channel created on server [0-9a-f-]{36}$/),
  channel: Channel,
});

const Message = z.looseObject({
  id,
  channel_id: id,
  author_id: id,
  content: z.string(),
  created_at: time,
  edited_at: time.nullable(),
  deleted: z.boolean(),
  username: z.string(),
  email: z.email().nullable(),
});
export const Messages = z.looseObject({ channel_id: id, messages: z.array(Message) });
export const MessageCreated = z.looseObject({
  msg: said(/^message created on channel [0-9a-f-]{36}$/),
  message: Message,
});

export const UserUpdated = z.looseObject({ msg: z.string().min(1), user: User });

const DirectChannel = z.looseObject({
  id,
  user1_id: id,
  user2_id: id,
  created_at: time,
  recipient: z.looseObject({ id, username: z.string() }),
});
export const DirectChannels = z.looseObject({ dm_channels: z.array(DirectChannel) });
export const DirectChannelOpened = z.looseObject({ msg: z.string().min(1), dm_channel: DirectChannel });

/** Bodies of `/api/ws`. */
export const MessageFrame = z.looseObject({
  message_id: id,
  channel_id: id,
  author: z.looseObject({ user_id: id, username: z.string() }),
  content: z.string(),
  timestamp: time,
});
