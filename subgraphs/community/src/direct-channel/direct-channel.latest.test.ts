import { unavailable } from '@kopru/runtime/errors.ts';
import type { NewEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events, topic } from '@kopru/schema/events.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { TestCommunity } from '../testing/community.ts';

const list = `query ($of: [_Any!]!, $after: String, $first: Int) { _entities(representations: $of) { ... on User {
  directChannels(first: $first, after: $after) { edges { cursor node { id } } pageInfo { endCursor hasNextPage } }
} } }`;

describe.each(backends)("the order of people's direct channels on $name", ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  const page = async (id: string, variables: object = {}) =>
    (await community.run(list, { of: [{ __typename: 'User', id }], ...variables }, id))._entities[0].directChannels;
  const order = async (id: string): Promise<string[]> =>
    (await page(id)).edges.map(({ node }: { node: { id: string } }) => node.id);

  /** As messaging says it. */
  const say = async (channelId: string, id = newId(), serverId: string | null = null): Promise<void> => {
    const at = new Date().toISOString();
    const { topics, type, payload } = events.messageCreated({
      message: {
        id,
        channelId,
        serverId,
        authorId: newId(),
        content: '',
        nonce: null,
        replyToId: null,
        createdAt: at,
        editedAt: null,
      },
    });
    const event: NewEvent = { id: newId(), type, topics, payload, at };
    await community.graph.ground.log.append([event]);
  };
  const threeOf = async (one: string): Promise<[string, string, string]> => {
    const [a, b, c] = [await community.direct(one), await community.direct(one), await community.direct(one)];
    return [a.id, b.id, c.id];
  };

  it('begins with the one where somebody wrote last, for both people', async () => {
    const [one, other] = [newId(), newId()];
    const [a, b] = await threeOf(one);
    const { id: c } = await community.direct(other, one);
    expect((await order(one)).slice(0, 1)).toEqual([c]);
    const early = newId();
    await say(a);
    await say(b);
    await expect.poll(async () => (await order(one)).slice(0, 3)).toEqual([b, a, c]);
    await say(c);
    await expect.poll(async () => (await order(one)).slice(0, 3)).toEqual([c, b, a]);
    expect(await order(other)).toEqual([c]);
    // One that comes late says nothing new.
    await say(b, early);
    await say(a);
    await expect.poll(async () => (await order(one)).slice(0, 3)).toEqual([a, c, b]);
  });

  it('goes on after a cursor, whatever has moved to the front meanwhile', async () => {
    const one = newId();
    const [a, b, c] = await threeOf(one);
    const first = await page(one, { first: 1 });
    expect([first.edges[0].node.id, first.pageInfo.hasNextPage]).toEqual([c, true]);
    await say(c);
    await expect
      .poll(async () => (await page(one, { first: 1 })).pageInfo.endCursor)
      .not.toBe(first.pageInfo.endCursor);
    const rest = await page(one, { first: 5, after: first.pageInfo.endCursor });
    expect(rest.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([b, a]);
  });

  it('is mended when the database is back', async () => {
    const one = newId();
    const [a, , c] = await threeOf(one);
    const write = vi.spyOn(community.graph.database, 'write').mockRejectedValueOnce(unavailable());
    onTestFinished(() => write.mockRestore());
    await say(a);
    await expect.poll(() => write.mock.calls.length).toBe(1);
    expect((await order(one))[0]).toBe(c);
    await expect.poll(async () => (await order(one))[0]).toBe(a);
  });

  it('is written down when the subgraph stops', async () => {
    const backend = await open();
    const shared = { name: '', open: async () => ({ ...backend, [Symbol.asyncDispose]: async () => undefined }) };
    const one = newId();
    const first = await TestCommunity.open(shared.open);
    const before = community;
    community = first;
    const [a, , c] = await threeOf(one);
    expect((await order(one))[0]).toBe(c);
    const heard = await first.graph.record(topic.directMessages);
    await say(a);
    await expect.poll(() => heard).toHaveLength(1);
    await first[Symbol.asyncDispose]();
    community = await TestCommunity.open(shared.open);
    expect((await order(one))[0]).toBe(a);
    await community[Symbol.asyncDispose]();
    community = before;
    await backend[Symbol.asyncDispose]();
  });
});
