import type {
  AccountFieldsFragment,
  DreamFieldsFragment,
  MessageFieldsFragment,
  TokenFieldsFragment,
} from '@kopru/schema/operations/dreams.ts';

/** GraphQL → Dreamalyze. */

export const account = (user: AccountFieldsFragment) => ({
  id: user.id,
  username: user.username,
  email: user.email,
  is_active: user.active,
  image: user.avatarUrl,
  google_id: user.googleId,
  last_chat_at: user.lastChatAt,
  user_created_at: user.createdAt,
  user_updated_at: user.updatedAt,
  // Whoever reads this has an account.
  user_deleted_at: null,
  credits: user.credits && { total_amount: user.credits.totalAmount, amount: user.credits.amount },
});

export const tokens = ({ accessToken, refreshToken }: TokenFieldsFragment) => ({
  refresh: refreshToken,
  access: accessToken,
});

export const dream = (dream: DreamFieldsFragment, author: { readonly email: string | null }) => ({
  id: dream.id,
  author: author.email,
  title: dream.title,
  description: dream.description,
  created_at: dream.createdAt,
  updated_at: dream.updatedAt,
  // One that is deleted is in no answer.
  deleted_at: null,
  is_active: dream.isActive,
});

export const message = (message: MessageFieldsFragment) => ({
  id: Number(message.id),
  dream: message.dreamId,
  role: message.role.toLowerCase(),
  message: message.message,
  created_at: message.createdAt,
});
