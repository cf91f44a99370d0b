import { beforeAll, describe, expect, test } from 'vitest';
import type { GraphClient, Live } from '../../client/graphql.ts';
import type { Person } from '../../client/person.ts';
import type { Place } from '../../place.ts';

const follow = /* GraphQL */ `subscription Follow($dreamId: ID!) {
  dreamAnalysis(dreamId: $dreamId) {
    __typename
    ... on AnalysisText { text position }
    ... on AnalysisCompleted { message { id role message } analysis { status } }
    ... on AnalysisCancelled { analysis { status } }
  }
}`;
type Followed = {
  readonly dreamAnalysis: {
    readonly __typename: string;
    readonly text?: string;
    readonly position?: number;
    readonly message?: { readonly message: string };
  };
};
const dreamt = 'Dün gece denizde yüzüyordum, birden bir yılan beni kovaladı ve çok korktum.';

/** Tells a dream without its first message; gives its id. */
async function newDream(graph: GraphClient): Promise<string> {
  const { createDream } = await graph.run<{ createDream: { dream: { id: string } } }>(
    'mutation { createDream(input: { title: "Deniz" }) { dream { id } } }',
  );
  return createDream.dream.id;
}

const send = (graph: GraphClient, dreamId: string) =>
  graph.run('mutation ($input: SendDreamMessageInput!) { sendDreamMessage(input: $input) { message { id } } }', {
    input: { dreamId, message: dreamt },
  });

const shown = (events: readonly Followed[]): string =>
  events.reduce(
    (text, { dreamAnalysis: event }) => (event.text ? text.slice(0, event.position) + event.text : text),
    '',
  );

const ended = (live: Live<Followed>) =>
  live.heard('the end of the analysis', ({ dreamAnalysis }) => dreamAnalysis.__typename === 'AnalysisCompleted');

/** Dreams, from the telling to the answer. */
export function dreams(place: Place): void {
  describe('dreams', () => {
    let ada: Person;
    beforeAll(async () => {
      ada = await place.person('ada');
    });

    test('are answered piece by piece, for one credit, in one graph with who dreamt them', async () => {
      const graph = place.graph(ada);
      const credits = '{ viewer { credits { amount totalAmount plan { name } } } }';
      const free = { totalAmount: 1, plan: { name: 'Free' } };
      expect(await graph.run(credits)).toEqual({ viewer: { credits: { amount: 1, ...free } } });
      const dreamId = await newDream(graph);
      const live = await place.live<Followed>(ada, follow, { dreamId }, 1);
      await send(place.graph(ada, 1), dreamId);
      const { dreamAnalysis } = await ended(live);
      expect(live.data[0]?.dreamAnalysis.__typename).toBe('AnalysisStarted');
      expect(live.data.length).toBeGreaterThan(3);
      expect(shown(live.data)).toBe(dreamAnalysis.message?.message);
      expect(dreamAnalysis.message?.message).toMatch(/“yılan”[\s\S]*Yerleşik analist/);
      const read = await graph.run(
        `{ viewer { username lastChatAt credits { amount } dreams { edges { node {
          id description author { username } analysis { status builtIn } messages { edges { node { role } } }
        } } } } }`,
      );
      expect(read).toEqual({
        viewer: {
          username: ada.username,
          lastChatAt: expect.stringMatching(/Z$/),
          credits: { amount: 0 },
          dreams: {
            edges: [
              {
                node: {
                  id: dreamId,
                  description: 'Dün gece denizde yüzüyordum, birden bir yılan...',
                  author: { username: ada.username },
                  analysis: { status: 'COMPLETED', builtIn: true },
                  messages: { edges: [{ node: { role: 'USER' } }, { node: { role: 'ANALYST' } }] },
                },
              },
            ],
          },
        },
      });
      const refused = await graph.send('mutation { createDream(input: {}) { dream { id } } }');
      expect(refused.errors?.[0]?.extensions?.code).toBe('INSUFFICIENT_CREDIT');
    });

    test('are heard of by nobody but who dreamt them, and by them no more when they are gone', async () => {
      const [can, eve] = await Promise.all([place.person('can'), place.person('eve', 1)]);
      const dreamId = await newDream(place.graph(can));
      const stranger = await place.live<Followed>(eve, follow, { dreamId });
      expect((await stranger.ended)[0]?.extensions?.code).toBe('NOT_FOUND');
      const own = await place.live<Followed>(can, follow, { dreamId }, 1);
      await place
        .graph(can)
        .run('mutation ($id: ID!) { deleteDream(input: { dreamId: $id }) { dreamId } }', { id: dreamId });
      expect((await own.ended)[0]?.extensions?.code).toBe('NOT_FOUND');
      expect(await place.graph(can).run('{ viewer { credits { amount } dreams { edges { cursor } } } }')).toEqual({
        viewer: { credits: { amount: 1 }, dreams: { edges: [] } },
      });
    });
  });
}

/** An analysis whose process is taken away in the middle. */
export function dreamsAfterCrash(place: Place): void {
  test('an analysis goes on where its process died, and is charged once', { timeout: 120_000 }, async () => {
    const ada = await place.person('ada');
    const graph = place.graph(ada);
    const dreamId = await newDream(graph);
    const live = await place.live<Followed>(ada, follow, { dreamId });
    await send(graph, dreamId);
    await live.heard('a first piece', ({ dreamAnalysis }) => dreamAnalysis.__typename === 'AnalysisText');
    const service = place.installation.services.get('dreams');
    await service?.kill();
    await service?.start();
    // Once the lease of the one that died has run out.
    const { dreamAnalysis } = await ended(live);
    expect(shown(live.data)).toBe(dreamAnalysis.message?.message);
    const { viewer } = await graph.run<{ viewer: { credits: { amount: number; entries: { edges: unknown[] } } } }>(
      '{ viewer { credits { amount entries { edges { node { kind } } } } } }',
    );
    const lines = ['CAPTURE', 'HOLD', 'GRANT'].map((kind) => ({ node: { kind } }));
    expect(viewer.credits).toEqual({ amount: 0, entries: { edges: lines } });
  });
}
