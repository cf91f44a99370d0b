import type { Redis } from 'ioredis';
import type { LogEvent, NewEvent, Outside, Position } from './event.ts';
import type { Retention } from './log.ts';
import { answerOf } from './redis.client.ts';

/**
 * The stream begins with an entry that is no event, so it has a newest place from its first moment on.
 * `floor` is the place past which everything is still there; `seen` are the ids in it. Both belong to this one stream.
 */
const begin = `
  local stream, floor, seen = KEYS[1], KEYS[2], KEYS[3]
  if redis.call('EXISTS', stream) == 0 then
    redis.call('DEL', seen)
    redis.call('SET', floor, redis.call('XADD', stream, '*', 'b', '1'))
  end
  local function oldest()
    local entry = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
    return entry and entry[1]
  end
  local function newest()
    local info = redis.call('XINFO', 'STREAM', stream)
    for i = 1, #info, 2 do
      if info[i] == 'last-generated-id' then return info[i + 1] end
    end
  end
`;

/**
 * ARGV: channel prefix, how many to keep, for how long (ms), the channel of services outside;
 * then id, JSON, what services outside hear, count of topics and topics of each event.
 */
const append = `
  local prefix, count, age, outside = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  local at = 5
  while at <= #ARGV do
    local id, json, told, first = ARGV[at], ARGV[at + 1], ARGV[at + 2], at + 4
    local last = first + tonumber(ARGV[at + 3]) - 1
    if redis.call('ZADD', seen, 'NX', now, id) == 1 then
      local place = redis.call('XADD', stream, '*', 't', table.concat(ARGV, '\\n', first, last), 'e', json)
      for i = first, last do
        redis.call('PUBLISH', prefix .. ARGV[i], place .. ' ' .. json)
      end
      if told ~= '' then redis.call('PUBLISH', outside, told) end
    end
    at = last + 1
  end
  local since = string.format('%.0f', now - tonumber(age))
  redis.call('ZREMRANGEBYSCORE', seen, '-inf', '(' .. since)
  redis.call('ZREMRANGEBYRANK', seen, 0, -1 - count)
  local first = oldest()
  redis.call('XTRIM', stream, 'MAXLEN', '~', count)
  redis.call('XTRIM', stream, 'MINID', '~', since)
  if oldest() ~= first then redis.call('SET', floor, oldest() or newest()) end
  return newest()
`;

/** ARGV: after which place, at most how many. Gives floor, newest place, and the entries. */
const read = `
  local entries = {}
  if ARGV[2] ~= '0' then entries = redis.call('XRANGE', stream, '(' .. ARGV[1], '+', 'COUNT', ARGV[2]) end
  return { redis.call('GET', floor) or oldest() or newest(), newest(), entries }
`;

/** ARGV: a channel, on which the newest place is published: behind everything that was published before. */
const beat = `redis.call('PUBLISH', ARGV[1], newest() .. ' ')`;

interface Scripted {
  koprAppend(keys: number, ...parameters: (string | number)[]): Promise<Position>;
  koprRead(keys: number, ...parameters: (string | number)[]): Promise<[Position, Position, [Position, string[]][]]>;
  koprBeat(keys: number, ...parameters: (string | number)[]): Promise<null>;
}

/** A stretch of the stream. */
export interface Page {
  /** Everything past this place is still there. */
  readonly floor: Position;
  readonly newest: Position;
  readonly entries: readonly Entry[];
  /** Where the stretch ends: the newest place, unless there is more to read. */
  readonly end: Position;
  readonly more: boolean;
}

export interface Entry {
  readonly position: Position;
  readonly topics: readonly string[];
  readonly event: () => LogEvent;
}

/** The event that was published or stored as `json`. */
export const eventAt = (position: Position, json: string): LogEvent => ({
  ...(JSON.parse(json) as NewEvent),
  position,
});

/** What services outside hear, and on which channel. The channel is theirs, so it takes no prefix. */
export interface Announcements {
  readonly channel: string;
  readonly describe: Outside['describe'];
}

/** The stream in Redis, as scripts: each runs alone, so what it publishes is in the order of what it adds. */
export class RedisStream {
  readonly #redis: Redis & Scripted;
  readonly #prefix: string;
  readonly #keys: readonly [string, string, string];
  readonly #retention: Retention;
  readonly #outside: Announcements | undefined;

  constructor(redis: Redis, prefix: string, retention: Retention, outside: Announcements | undefined) {
    redis.defineCommand('koprAppend', { lua: begin + append });
    redis.defineCommand('koprRead', { lua: begin + read });
    redis.defineCommand('koprBeat', { lua: begin + beat });
    this.#redis = redis as Redis & Scripted;
    this.#prefix = prefix;
    this.#keys = [`${prefix}events`, `${prefix}floor`, `${prefix}seen`];
    this.#retention = retention;
    this.#outside = outside;
  }

  channelOf(topic: string): string {
    return `${this.#prefix}topic:${topic}`;
  }

  /** Adds and publishes what was not added before. Gives the newest place. */
  append(events: readonly NewEvent[]): Promise<Position> {
    const described = events.flatMap((event) => {
      const { id, type, topics, payload, at } = event;
      if (topics.some((topic) => topic.includes('\n'))) throw new Error('A topic has no line ends.');
      const told = this.#outside?.describe(event);
      const json = JSON.stringify({ id, type, topics, payload, at });
      return [id, json, told ? JSON.stringify({ event: told.event, data: told.data }) : '', topics.length, ...topics];
    });
    const { events: count, milliseconds } = this.#retention;
    const settings = [this.channelOf(''), count, milliseconds, this.#outside?.channel ?? ''];
    return answerOf(this.#redis, this.#redis.koprAppend(3, ...this.#keys, ...settings, ...described));
  }

  async read(after: Position, count: number): Promise<Page> {
    const [floor, newest, found] = await answerOf(this.#redis, this.#redis.koprRead(3, ...this.#keys, after, count));
    const last = found.at(-1);
    const more = last !== undefined && found.length === count;
    return { floor, newest, entries: found.flatMap(entryOf), end: more ? last[0] : newest, more };
  }

  async beat(channel: string): Promise<void> {
    await answerOf(this.#redis, this.#redis.koprBeat(3, ...this.#keys, channel));
  }
}

function entryOf([position, fields]: [Position, string[]]): Entry[] {
  const [, topics, , json] = fields;
  if (topics === undefined || json === undefined) return [];
  return [{ position, topics: topics.split('\n'), event: () => eventAt(position, json) }];
}
