import { newId } from '@kopru/runtime/ids.ts';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../client/person.ts';
import { MessageCreated, Messages, Said } from '../../client/shapes.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectRefused } from '../refused.ts';

overEveryBackend((place) => {
  /** Sends messages one after the other and gives their ids, oldest first. */
  const say = async ({ rest }: Person, path: string, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let number = 0; number < count; number += 1)
      ids.push((await rest.post(path, { content: `message ${number}` }, MessageCreated)).message.id);
    return ids;
  };

  describe('POST /channels/{id}/messages', () => {
    test('sends a message', async () => {
      covers('rest:POST /channels/{channel_id}/messages', 'rest:GET /channels/{channel_id}/messages');
      const { owner, channel_id, messages } = await place.channel();
      const content = 'Merhaba! 👋🏽\n  two lines, "quoted", <b>as is</b>';
      const { msg, message } = await owner.rest.post(messages, { content }, MessageCreated);
      expect(msg).toBe(`message created on channel ${channel_id}`);
      expect(message).toMatchObject({
        channel_id,
        author_id: owner.id,
        username: owner.username,
        content,
        deleted: false,
        edited_at: null,
      });
      expect(await owner.rest.get(messages, Messages)).toMatchObject({ channel_id, messages: [message] });
    });

    test('takes 1 to 4000 characters, as people count them', async () => {
      covers('error:4003', 'error:6001');
      const { owner, messages } = await place.channel();
      const longest = '🌉'.repeat(4000);
      expect((await owner.rest.post(messages, { content: longest }, MessageCreated)).message.content).toBe(longest);
      expectRefused(await owner.rest.send('POST', messages, { json: { content: `${longest}.` } }), 4003);
      expectRefused(await owner.rest.send('POST', messages, { json: { content: '' } }), 6001);
      expect((await owner.rest.get(messages, Messages)).messages).toHaveLength(1);
    });

    test('sends once for one nonce', async () => {
      covers('rule:a nonce sends once');
      const { owner, member, messages } = await place.channel();
      const send = ({ rest }: Person, content: string) =>
        rest.post(messages, { content, nonce: 'the same' }, MessageCreated);
      const [first, ...again] = await Promise.all(Array.from({ length: 4 }, () => send(owner, 'once')));
      for (const { message } of again) expect(message).toEqual(first?.message);
      const later = await send(owner, 'once more, differently');
      expect(later.message).toEqual(first?.message);
      const other = await send(member, 'somebody else has their own');
      expect(other.message.id).not.toBe(first?.message.id);
      expect((await owner.rest.get(messages, Messages)).messages).toHaveLength(2);
    });

    test('is for who may read the channel', async () => {
      covers('error:3001', 'error:3002', 'rule:401 is for authentication alone');
      const { owner, messages } = await place.channel();
      const stranger = await place.person('stranger');
      expectRefused(await stranger.rest.send('POST', messages, { json: { content: 'let me in' } }), 3002);
      expectRefused(await stranger.rest.send('GET', messages), 3002);
      const nowhere = `/channels/${newId()}/messages`;
      expectRefused(await stranger.rest.send('POST', nowhere, { json: { content: 'hello?' } }), 3001);
      expectRefused(await stranger.rest.send('GET', nowhere), 3001);
      expect((await owner.rest.get(messages, Messages)).messages).toEqual([]);
    });
  });

  describe('GET /channels/{id}/messages', () => {
    test('gives the newest first, 50 unless told, 1 to 100 by limit', async () => {
      covers('rule:messages come newest first', 'rule:messages by limit');
      const { owner, messages } = await place.channel();
      const newestFirst = (await say(owner, messages, 101)).reverse();
      const ids = async (query: string) =>
        (await owner.rest.get(messages + query, Messages)).messages.map(({ id }) => id);
      expect(await ids('')).toEqual(newestFirst.slice(0, 50));
      expect(await ids('?limit=1')).toEqual(newestFirst.slice(0, 1));
      expect(await ids('?limit=100')).toEqual(newestFirst.slice(0, 100));
      for (const limit of ['0', '101', '-1', 'many', '1.5', ''])
        expectRefused(await owner.rest.send('GET', `${messages}?limit=${limit}`), 6001);
    });

    test('pages by number, from zero, 20 a page', async () => {
      covers('rule:messages by page', 'rule:messages come newest first');
      const { owner, messages } = await place.channel();
      const newestFirst = (await say(owner, messages, 45)).reverse();
      const page = async (number: number) =>
        (await owner.rest.get(`${messages}?page=${number}`, Messages)).messages.map(({ id }) => id);
      expect(await page(0)).toEqual(newestFirst.slice(0, 20));
      expect(await page(1)).toEqual(newestFirst.slice(20, 40));
      expect(await page(2)).toEqual(newestFirst.slice(40));
      expect(await page(3)).toEqual([]);
      for (const number of ['-1', 'first', '0.5'])
        expectRefused(await owner.rest.send('GET', `${messages}?page=${number}`), 6001);
    });

    test('goes before, after and around a message', async () => {
      covers('rule:messages before, after and around', 'rule:messages come newest first');
      const { owner, messages } = await place.channel();
      const newestFirst = (await say(owner, messages, 9)).reverse();
      const ids = async (query: string) =>
        (await owner.rest.get(messages + query, Messages)).messages.map(({ id }) => id);
      const middle = newestFirst[4];
      expect(await ids(`?before=${middle}`)).toEqual(newestFirst.slice(5));
      expect(await ids(`?before=${middle}&limit=2`)).toEqual(newestFirst.slice(5, 7));
      expect(await ids(`?after=${middle}`)).toEqual(newestFirst.slice(0, 4));
      expect(await ids(`?after=${middle}&limit=2`)).toEqual(newestFirst.slice(2, 4));
      expect(await ids(`?around=${middle}&limit=5`)).toEqual(newestFirst.slice(2, 7));
      for (const way of ['before', 'after', 'around'])
        expectRefused(await owner.rest.send('GET', `${messages}?${way}=not-an-id`), 7003, 6001);
    });

    test('keeps the email to its owner', async () => {
      covers('rule:email is private');
      const { owner, member, messages } = await place.channel();
      await say(owner, messages, 1);
      const email = async ({ rest }: Person) => (await rest.get(messages, Messages)).messages[0]?.email;
      expect(await email(owner)).toBe(owner.email);
      expect(await email(member)).toBeNull();
    });
  });

  describe('DELETE /channels/{id}/messages/{mid}', () => {
    test('is for the author, and for who may manage messages', async () => {
      covers('rest:DELETE /channels/{channel_id}/messages/{message_id}');
      const { owner, member, messages } = await place.channel();
      const [own = '', managed = ''] = await say(member, messages, 2);
      await member.rest.delete(`${messages}/${own}`, Said);
      await owner.rest.delete(`${messages}/${managed}`, Said);
      const left = (await owner.rest.get(messages, Messages)).messages.filter(({ deleted }) => !deleted);
      expect(left).toEqual([]);
      expectRefused(await member.rest.send('DELETE', `${messages}/${own}`), 4001);
    });

    test('is for nobody else', async () => {
      covers('error:4001', 'rule:401 is for authentication alone');
      const { owner, member, messages } = await place.channel();
      const elsewhere = await place.channel();
      const [id = ''] = await say(owner, messages, 1);
      const forbidden = await member.rest.send('DELETE', `${messages}/${id}`);
      expectRefused(forbidden, 3002);
      expectRefused(await elsewhere.owner.rest.send('DELETE', `${messages}/${id}`), 3002, 4001);
      expectRefused(await owner.rest.send('DELETE', `${messages}/${newId()}`), 4001);
      expectRefused(await elsewhere.owner.rest.send('DELETE', `${elsewhere.messages}/${id}`), 4001);
      expect((await owner.rest.get(messages, Messages)).messages).toMatchObject([{ id, deleted: false }]);
    });
  });
});
