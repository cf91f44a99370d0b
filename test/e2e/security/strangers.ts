import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  OperationTypeNode,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../client/person.ts';
import type { Place } from '../../place.ts';
import { type Private, privateThings } from './private.ts';
import { type Ask, walk } from './walk.ts';

/** What changes whoever asks, and nothing else. */
const ofThemselves = new Set(
  'changePassword deactivateAccount login logout refreshSession register updateProfile'.split(' '),
);
/** How a request may fail that asks for what is not for the one who asks. */
const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'VALIDATION_FAILED', 'BAD_USER_INPUT'];
const atATime = 8;

type Who = 'nobody' | 'a stranger' | 'a member' | 'its owner';

/** Whatever the schema lets anybody ask, with the ids of what is somebody else's. */
export function strangers(place: Place): void {
  describe('what is private', () => {
    let things: Private;
    let schema: GraphQLSchema;
    beforeAll(async () => {
      schema = buildClientSchema(await place.graph().run<IntrospectionQuery>(getIntrospectionQuery()));
      things = await privateThings(place);
    });

    const person = (who: Who): Person | undefined =>
      ({ nobody: undefined, 'a stranger': things.stranger, 'a member': things.member, 'its owner': things.owner })[who];
    const secretsFrom = (who: Who): readonly string[] =>
      who === 'a member' ? things.ofOwner : [...things.ofMembers, ...things.ofOwner];

    /** Asks it all, and gives which of the secrets were in an answer. Fails for failures that are ours. */
    async function found(who: Who, asks: Iterable<Ask>): Promise<string[]> {
      const graph = place.graph(person(who));
      const secrets = new Set(secretsFrom(who));
      const seen: string[] = [];
      const left = [...asks].filter(({ field }) => !ofThemselves.has(field));
      expect(left.length).toBeGreaterThan(30);
      const worker = async (): Promise<void> => {
        for (let next = left.pop(); next; next = left.pop()) {
          const { query, variables } = next;
          const { data, errors } = await graph.send<object>(query, variables);
          const answer = JSON.stringify([data, errors]);
          for (const secret of secrets) if (answer.includes(secret)) seen.push(`${secret} by ${query}`);
          for (const { extensions } of errors ?? []) expect(refusals, `${query} ${answer}`).toContain(extensions?.code);
        }
      };
      await Promise.all(Array.from({ length: atATime }, worker));
      return seen;
    }

    test.each([
      ['nobody', 2],
      ['a stranger', 2],
      ['a member', 3],
    ] as const)('is read by no query of %s', { timeout: 240_000 }, async (who, depth) => {
      expect(await found(who, walk(schema, OperationTypeNode.QUERY, things.ids, depth))).toEqual([]);
    });

    test('is all found by its owner, who asks the same', { timeout: 240_000 }, async () => {
      const seen = await found('its owner', walk(schema, OperationTypeNode.QUERY, things.ids, 3));
      for (const secret of secretsFrom('its owner'))
        expect(
          seen.some((text) => text.startsWith(secret)),
          secret,
        ).toBe(secret !== things.friend.email);
    });

    test.each(['nobody', 'a stranger'] as const)('is read and changed by no mutation of %s', async (who) => {
      expect(await found(who, walk(schema, OperationTypeNode.MUTATION, things.ids, 0))).toEqual([]);
      const { owner, ids, ofMembers } = things;
      const [id] = ids.serverId ?? [];
      const read =
        'query ($id: ID!) { server(id: $id) { name roles { name } channels { topic lastMessage { content } } } }';
      const server = JSON.stringify(await place.graph(owner).run(read, { id }));
      for (const text of ofMembers) expect(server).toContain(text);
    });

    test.each(['nobody', 'a stranger'] as const)('is heard by no subscription of %s', async (who) => {
      const feeds = new Map(
        [...walk(schema, OperationTypeNode.SUBSCRIPTION, things.ids, 0)]
          // Those without arguments are about whoever asks.
          .filter(({ variables }) => who === 'nobody' || Object.keys(variables).length > 0)
          .map((ask) => [`${ask.field} ${JSON.stringify(ask.variables)}`, ask]),
      );
      expect(feeds.size).toBeGreaterThan(10);
      await using socket = place.graph(person(who)).connect(who);
      for (const { query, variables } of feeds.values()) {
        const live = await socket.subscribe(query, variables);
        const [error] = await live.ended;
        expect(refusals, query).toContain(error?.extensions?.code);
        expect(live.inbox.items).toEqual([]);
      }
    });
  });
}
