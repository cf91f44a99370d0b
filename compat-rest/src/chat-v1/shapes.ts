import type {
  AccountFieldsFragment,
  AuthFieldsFragment,
  ChannelFieldsFragment,
  CreateInviteMutation,
  DirectChannelFieldsFragment,
  MessageFieldsFragment,
  PersonFieldsFragment,
  ServerFieldsFragment,
} from '@kopru/schema/operations/chat-v1.ts';

/** GraphQL → Chat v1. The document's keys come first; those after them are additions. */

export const account = (user: AccountFieldsFragment) => ({
  id: user.id,
  username: user.username,
  email: user.email,
  created_at: user.createdAt,
  display_name: user.displayName,
  avatar_url: user.avatarUrl,
  bio: user.bio,
});

type Tokens = Pick<AuthFieldsFragment, 'accessToken' | 'refreshToken' | 'expiresIn'>;

/** `token` is what the first clients read; the rest came with refresh tokens. `expires_in` in seconds. */
export const tokens = ({ accessToken, refreshToken, expiresIn }: Tokens) => ({
  token: accessToken,
  access_token: accessToken,
  refresh_token: refreshToken,
  expires_in: expiresIn,
});

/** `server_create_at` is how the document's clients spell it. */
export const server = (server: ServerFieldsFragment) => ({
  server_id: server.id,
  server_name: server.name,
  owner_id: server.owner.id,
  server_create_at: server.createdAt,
  description: server.description,
  icon_url: server.iconUrl,
});

export const channel = (channel: ChannelFieldsFragment) => ({
  id: channel.id,
  server_id: channel.server?.id ?? null,
  name: channel.name,
  created_at: channel.createdAt,
  type: channel.type.toLowerCase(),
  topic: channel.topic,
  position: channel.position,
});

export const message = (message: MessageFieldsFragment) => ({
  id: message.id,
  channel_id: message.channel.id,
  author_id: message.author.id,
  content: message.content,
  created_at: message.createdAt,
  edited_at: message.editedAt,
  // One that is deleted is in no answer.
  deleted: false,
  username: message.author.username,
  email: message.author.email,
  display_name: message.author.displayName,
  avatar_url: message.author.avatarUrl,
  nonce: message.nonce,
  reply_to_id: message.replyTo?.id ?? null,
});

const person = (user: PersonFieldsFragment) => ({
  id: user.id,
  username: user.username,
  display_name: user.displayName,
  avatar_url: user.avatarUrl,
});

/** A direct channel as `viewerId` sees it. The two users stand in the order of their ids, so both people read the same. */
export function directChannel({ id, createdAt, recipients }: DirectChannelFieldsFragment, viewerId: string) {
  const [first, second] = recipients.map((user) => user.id).sort();
  const other = recipients.find((user) => user.id !== viewerId);
  return {
    id,
    user1_id: first ?? null,
    user2_id: second ?? null,
    created_at: createdAt,
    recipient: other ? person(other) : null,
  };
}

export const invite = (invite: CreateInviteMutation['createInvite']['invite']) => ({
  code: invite.code,
  server_id: invite.serverId,
  created_at: invite.createdAt,
  expires_at: invite.expiresAt,
  max_uses: invite.maxUses,
  uses: invite.uses,
});
