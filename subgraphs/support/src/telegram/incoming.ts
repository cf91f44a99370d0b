import { z } from 'zod';

const fileId = z.object({ file_id: z.string() });
const person = z.object({ id: z.int(), is_bot: z.boolean().optional() });
const said = { text: z.string().optional(), caption: z.string().optional() };
const update = z.object({
  update_id: z.int().nonnegative(),
  message: z.object({
    message_id: z.int(),
    chat: z.object({ id: z.int(), type: z.string() }),
    from: person.optional(),
    /** On whose behalf it is written. */
    sender_chat: z.object({ id: z.int() }).optional(),
    ...said,
    photo: z.array(fileId).optional(),
    voice: fileId.optional(),
    audio: fileId.optional(),
    reply_to_message: z.object({ message_id: z.int(), from: person.optional(), ...said }).optional(),
  }),
});

/** A message of Telegram's, as far as it concerns us. */
export interface Incoming {
  readonly text: string;
  readonly file: { readonly id: string; readonly type: 'IMAGE' | 'AUDIO' } | null;
  /** The message that it answers, and what the bot wrote there. */
  readonly reply: { readonly messageId: number; readonly text: string } | null;
}

/** Who hears. */
export interface Listener {
  readonly agentsChat: string;
  readonly botId: number;
}

/** Where a message is, and what it says. */
export interface IncomingMessage {
  /** Twenty digits. */
  readonly updateId: string;
  readonly chatId: string;
  readonly messageId: number;
  readonly content: Incoming;
}

/**
 * The message that an update brings; null where it brings none for us: of a bot, of a group that is not the agents',
 * or of a kind that threads do not know.
 */
export function messageIn(value: unknown, { agentsChat, botId }: Listener): IncomingMessage | null {
  const { data } = update.safeParse(value);
  if (!data) return null;
  const { update_id, message } = data;
  if (message.from?.is_bot && !isAnonymous(message)) return null;
  const chatId = String(message.chat.id);
  // The bot can be added to any group; what people say there is not meant for it.
  if (chatId !== agentsChat && message.chat.type !== 'private') return null;
  const content: Incoming = { text: textOf(message), file: fileIn(message), reply: replyIn(message, botId) };
  // What people send to begin with a bot.
  if (content.text === '/start' || (content.text.trim() === '' && !content.file)) return null;
  return { updateId: String(update_id).padStart(20, '0'), chatId, messageId: message.message_id, content };
}

type Message = z.infer<typeof update>['message'];

/** Whether an administrator of a group wrote on its behalf: Telegram puts a bot of its own in their place. */
const isAnonymous = ({ chat, sender_chat: on }: Message): boolean => on?.id === chat.id;

const textOf = ({ text, caption }: { readonly text?: string | undefined; readonly caption?: string | undefined }) =>
  text ?? caption ?? '';

function fileIn({ photo, voice, audio }: Message): Incoming['file'] {
  // The same picture in several sizes, of which the last is the largest.
  const picture = photo?.at(-1);
  if (picture) return { id: picture.file_id, type: 'IMAGE' };
  const sound = voice ?? audio;
  return sound ? { id: sound.file_id, type: 'AUDIO' } : null;
}

/** Only what our bot wrote names a thread: anybody else, another bot too, can write a tag. */
function replyIn({ reply_to_message: reply }: Message, botId: number): Incoming['reply'] {
  return reply ? { messageId: reply.message_id, text: reply.from?.id === botId ? textOf(reply) : '' } : null;
}
