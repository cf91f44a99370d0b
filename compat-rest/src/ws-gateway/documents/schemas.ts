/** A JSON Schema, as both documents take it. Objects may hold more than is said: clients must not mind additions. */
export type Schema = Readonly<Record<string, unknown>>;

const described = (schema: Schema, description: string): Schema => ({ ...schema, description });
export const text = (description: string): Schema => described({ type: 'string' }, description);
const optionalText = (description: string): Schema => described({ type: ['string', 'null'] }, description);
const flag = (description: string): Schema => described({ type: 'boolean' }, description);
export const count = (description: string): Schema => described({ type: 'integer', minimum: 0 }, description);
export const constant = (value: unknown): Schema => ({ const: value });
export const list = (items: Schema, description: string): Schema => described({ type: 'array', items }, description);
export const id = (description: string): Schema =>
  described({ type: 'string', format: 'uuid', examples: ['01982f5e-7c1a-7b3e-9f00-3d6f2a1b4c5d'] }, description);
const optionalId = (description: string): Schema =>
  described({ type: ['string', 'null'], format: 'uuid' }, description);
const time = (description: string): Schema =>
  described({ type: 'string', format: 'date-time', examples: ['2026-02-16T12:00:00.000Z'] }, description);

/** An object whose `properties` are all there, but for those in `optional`. */
export const object = (
  properties: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
) => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
});

const person = object({
  _id: id('Their id.'),
  id: id('The same.'),
  username: text('Their name, unique.'),
  displayName: text('What they are shown as.'),
  avatarUrl: optionalText('A picture of them.'),
});

const message = (author: Readonly<Record<string, Schema>>, replyToId: Schema): Schema =>
  object(
    {
      _id: id('Its id; within a channel, ids ascend with the order.'),
      channelId: id('Where it was sent.'),
      guildId: optionalId('The guild of the channel; null in a direct channel.'),
      ...author,
      content: text('What it says, 1 to 4000 characters.'),
      type: constant('default'),
      edited: flag('Whether its text was changed.'),
      pinned: flag('Always false.'),
      mentionEveryone: flag('Always false.'),
      createdAt: time('When it was sent.'),
      updatedAt: time('When it was changed; when it was sent, where it never was.'),
    },
    { replyToId },
  );

const guild = object({
  _id: id('Its id.'),
  name: text('Its name.'),
  description: optionalText('What it is about.'),
  iconUrl: optionalText('Its picture.'),
  ownerId: id('Whose it is.'),
  createdAt: time('When it was made.'),
});

const channel = object(
  {
    _id: id('Its id.'),
    guildId: optionalId('Its guild; null for a direct channel.'),
    name: optionalText('Its name; null for a direct channel.'),
    type: { enum: ['text', 'direct'] },
    topic: optionalText('What is talked about.'),
    position: count('Its place in its guild.'),
    createdAt: time('When it was made.'),
  },
  { recipients: list(person, 'The two people of a direct channel.') },
);

/** What several frames have in common, by name. */
export const schemas = {
  Person: person,
  Message: message(
    { authorId: id('Who sent it.'), author: described(person, 'The same person.') },
    id('The message that it answers.'),
  ),
  WebMessage: message(
    { authorId: described(person, 'Who sent it.') },
    described(
      object({
        _id: id('The message that it answers.'),
        authorId: object({ username: text('Who sent that one.') }),
        content: text('What that one says.'),
      }),
      'The message that it answers.',
    ),
  ),
  Guild: guild,
  Channel: channel,
} as const satisfies Readonly<Record<string, Schema>>;

/** A reference to one of them. */
export const shared = (name: keyof typeof schemas): Schema => ({ $ref: `#/components/schemas/${name}` });
