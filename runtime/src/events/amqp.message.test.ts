import type { Message } from 'amqplib';
import { describe, expect, it } from 'vitest';
import { eventOf as testEvent } from '../testing/events.ts';
import { testOutside } from '../testing/flow.ts';
import { eventOf, messagesOf, type Outgoing } from './amqp.message.ts';
import type { NewEvent } from './event.ts';

/** As RabbitMQ hands it over. */
const delivered = ({ routingKey, content, properties }: Outgoing): Message => ({
  content,
  fields: { deliveryTag: 1, redelivered: false, exchange: 'e', routingKey },
  properties: { headers: undefined, ...properties } as unknown as Message['properties'],
});
const foreign = (routingKey: string, body: string, properties: object = {}): Message =>
  delivered({ routingKey, content: Buffer.from(body), properties });
const read = (message: Message): NewEvent | null => eventOf(message, testOutside);
const written = (event: NewEvent): Outgoing[] => messagesOf(event, testOutside);

describe('an event of ours', () => {
  it('goes under the name it has outside, with a body as they know it, and whole in a header', () => {
    const event = testEvent('1', 'a', 'b');
    const [message, ...more] = written(event);
    expect(more).toEqual([]);
    expect(message).toMatchObject({
      routingKey: 'test.create',
      properties: {
        persistent: true,
        mandatory: true,
        contentType: 'application/json',
        messageId: event.id,
        type: 'tested',
        timestamp: Math.floor(Date.parse(event.at) / 1_000),
      },
    });
    expect(JSON.parse(String(message?.content))).toEqual({ name: '1' });
    expect(JSON.parse(message?.properties.headers['x-kopru-event'])).toEqual(event);
    expect(message && read(delivered(message))).toEqual(event);
  });

  it('goes under its own type and with its payload where it has no name there', () => {
    const event = { ...testEvent('1', 'a'), type: 'session.revoked' };
    const [message, ...more] = written(event);
    expect(more).toEqual([]);
    expect(message?.routingKey).toBe('session.revoked');
    expect(JSON.parse(String(message?.content))).toEqual(event.payload);
    expect(message && read(delivered(message))).toEqual(event);
  });

  it.each([
    ['tested', 'ş'.repeat(40_000), ['test.create', 'tested']],
    ['tested', '🦜\u0000"\\'.repeat(10_000), ['test.create', 'tested']],
    ['renamed', 'x'.repeat(300_000), ['renamed']],
  ])('that no header can hold goes as a body, once for us (%s)', (type, name, routingKeys) => {
    const event = { ...testEvent(name, 'a'), type };
    const messages = written(event);
    expect(messages.map(({ routingKey }) => routingKey)).toEqual(routingKeys);
    expect(messages.map((message) => read(delivered(message))).filter(Boolean)).toEqual([event]);
    for (const { properties } of messages) expect(JSON.stringify(properties).length).toBeLessThan(1_000);
    if (type === 'tested') expect(JSON.parse(String(messages[0]?.content))).toEqual({ name });
  });

  it('keeps what no text carries by itself', () => {
    const event = { ...testEvent('\ud800 \u2028 \u0000', 'a \t') };
    expect(written(event).map((message) => read(delivered(message)))).toEqual([event]);
  });
});

describe('a message of another service', () => {
  it('becomes an event of theirs', () => {
    expect(read(foreign('test.update', '{"at":"x","deep":{"list":[1,null]}}'))).toMatchObject({
      type: 'foreign',
      topics: ['at x'],
      payload: { event: 'test.update', data: { at: 'x', deep: { list: [1, null] } } },
    });
  });

  it('has one id for as long as it is the same message', () => {
    const id = (key: string, body: string, messageId?: string) => read(foreign(key, body, { messageId }))?.id;
    const first = id('test.create', '{"at":"x"}', '1');
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(id('test.create', '{"at":"x"}', '1')).toBe(first);
    // Some count from one after each start, and each of them for itself.
    expect(id('test.create', '{"at":"y"}', '1')).not.toBe(first);
    expect(id('test.update', '{"at":"x"}', '1')).not.toBe(first);
    expect(id('test.create', '{"at":"x"}', '2')).not.toBe(first);
  });

  it('without a message id is another each time: somebody may say the same twice', () => {
    const ids = ['', undefined, 7].map((messageId) => read(foreign('typing', '{}', { messageId }))?.id);
    expect(new Set(ids).size).toBe(3);
  });
});

it.each([
  ['no JSON', foreign('test.create', 'not JSON')],
  ['nothing', foreign('test.create', '')],
  ['a list', foreign('test.create', '[]')],
  ['null', foreign('test.create', 'null')],
  ['text', foreign('test.create', '"text"')],
  ['a header that is no JSON', foreign('x', '{}', { headers: { 'x-kopru-event': 'nonsense' } })],
  ['a header that is no text', foreign('x', '{}', { headers: { 'x-kopru-event': 7 } })],
  ['a header of something else', foreign('x', '{}', { headers: { 'x-kopru-event': '{"id":"1"}' } })],
  ['a body that is no event', foreign('x', '{}', { headers: { 'x-kopru-event': 'body' } })],
  ['a topic of two lines', header({ ...testEvent('1'), topics: ['a\nb'] })],
  ['topics that are no texts', header({ ...testEvent('1'), topics: [1] as unknown as string[] })],
  ['a payload that is no object', header({ ...testEvent('1', 'a'), payload: [] as never })],
])('cannot be read: %s', (_, message) => {
  expect(() => read(message)).toThrow();
});

function header(event: NewEvent): Message {
  return foreign('x', '{}', { headers: { 'x-kopru-event': JSON.stringify(event) } });
}
