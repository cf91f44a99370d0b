import type {
  ChannelFieldsFragment,
  GuildFieldsFragment,
  MessageFieldsFragment,
  PersonFieldsFragment,
} from '@kopru/schema/operations/ws-gateway.ts';
import type { Dialect } from './opcodes.ts';

/** GraphQL → the gateway. The document's keys are `_id` and what it shows; the others are additions, or what clients in the field read. */

export const person = ({ id, username, displayName, avatarUrl }: PersonFieldsFragment) => ({
  _id: id,
  id,
  username,
  displayName,
  avatarUrl,
});

/** A message whole. On `/` `authorId` and `replyToId` are ids, on `/ws` they are objects. */
export function message(fields: MessageFieldsFragment, guildId: string | null, dialect: Dialect) {
  const { id, channel, author, content, createdAt, editedAt, replyTo } = fields;
  const byPath =
    dialect === '/'
      ? { authorId: author.id, author: person(author), ...(replyTo && { replyToId: replyTo.id }) }
      : {
          authorId: person(author),
          ...(replyTo && {
            replyToId: {
              _id: replyTo.id,
              authorId: { username: replyTo.author.username },
              content: replyTo.content,
            },
          }),
        };
  return {
    _id: id,
    channelId: channel.id,
    guildId,
    ...byPath,
    content,
    type: 'default',
    edited: editedAt !== null,
    pinned: false,
    mentionEveryone: false,
    createdAt,
    updatedAt: editedAt ?? createdAt,
  };
}

export const guild = ({ id, name, description, iconUrl, owner, createdAt }: GuildFieldsFragment) => ({
  _id: id,
  name,
  description,
  iconUrl,
  ownerId: owner.id,
  createdAt,
});

/** `guildId` is null for a direct channel. */
export const channel = (
  { id, type, name, topic, position, createdAt }: ChannelFieldsFragment,
  guildId: string | null,
) => ({
  _id: id,
  guildId,
  name,
  type: type.toLowerCase(),
  topic,
  position,
  createdAt,
});
