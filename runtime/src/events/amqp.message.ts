import type { Message, Options } from 'amqplib';
import { v5 } from 'uuid';
import { newId } from '../ids.ts';
import type { JsonObject, NewEvent, Outside } from './event.ts';

/** A message as it is published. */
export interface Outgoing {
  readonly routingKey: string;
  readonly content: Buffer;
  readonly properties: Options.Publish;
}

/** Holds our event as JSON; or says that the body is the event, or that another message carries it. */
const header = 'x-kopru-event';
const inBody = 'body';
const elsewhere = 'elsewhere';
/** What a header may hold, in bytes. RabbitMQ refuses properties beyond 128 KiB, and the client beyond 64. */
const headerLimit = 48 * 1024;
/** The namespace of the ids that foreign messages get. */
const foreignIds = '5b7c4f0e-9a0d-4d65-8f62-6f1c7b1d2a43';

/**
 * An event on the wire: under the name services outside have for it, with a body as they know it, and whole in a header.
 * What no header can hold goes as the body of a message of our own beside theirs.
 */
export function messagesOf(event: NewEvent, outside: Outside): Outgoing[] {
  const { id, type, topics, payload, at } = event;
  const whole = JSON.stringify({ id, type, topics, payload, at });
  const told = outside.describe(event);
  const message = (routingKey: string, body: string, carried: string): Outgoing => ({
    routingKey,
    content: Buffer.from(body),
    properties: {
      persistent: true,
      mandatory: true,
      contentType: 'application/json',
      messageId: id,
      type,
      timestamp: Math.floor(Date.parse(at) / 1_000),
      appId: 'kopru',
      headers: { [header]: carried },
    },
  });
  const theirs = (carried: string): Outgoing[] =>
    told ? [message(told.event, JSON.stringify(told.data), carried)] : [];
  if (Buffer.byteLength(whole) > headerLimit) return [...theirs(elsewhere), message(type, whole, inBody)];
  return told ? theirs(whole) : [message(type, JSON.stringify(payload), whole)];
}

/** The event of a message, ours or foreign; null where another message carries it. @throws where it cannot be read */
export function eventOf({ content, fields, properties }: Message, outside: Outside): NewEvent | null {
  const carried: unknown = properties.headers?.[header];
  if (carried === elsewhere) return null;
  if (carried === undefined) return foreignEvent(content.toString(), fields.routingKey, properties.messageId, outside);
  const event: unknown = JSON.parse(carried === inBody ? content.toString() : String(carried));
  if (!isEvent(event)) throw new Error(`${header} holds no event.`);
  const { id, type, topics, payload, at } = event;
  return { id, type, topics, payload, at };
}

/**
 * A message of another service. With a message id it is taken once, however often it is delivered; without one, a message
 * that says the same as the one before is another message.
 */
function foreignEvent(content: string, event: string, messageId: unknown, outside: Outside): NewEvent {
  const data: unknown = JSON.parse(content);
  if (!isObject(data)) throw new Error('The body is no JSON object.');
  const id =
    typeof messageId === 'string' && messageId !== '' ? v5(`${event}\n${messageId}\n${content}`, foreignIds) : newId();
  return { id, ...outside.adopt({ event, data }), at: new Date().toISOString() };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isEvent = (value: unknown): value is NewEvent =>
  isObject(value) &&
  [value.id, value.type, value.at].every(isText) &&
  isObject(value.payload) &&
  Array.isArray(value.topics) &&
  value.topics.every((topic) => isText(topic) && !topic.includes('\n'));
