import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Listen } from './operation.ts';
import { listRoute, type RouteRequest, route } from './route.ts';

type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
const Rename = parse('mutation Rename { rename }') as TypedDocumentNode<
  { readonly rename: string },
  Exact<{ channelId: string; messageId: string }>
>;
const Nothing = parse('query Nothing { nothing }') as TypedDocumentNode<
  { readonly nothing: string },
  Exact<{ [key: string]: never }>
>;
const Names = parse('query Names { names }') as TypedDocumentNode<
  { readonly names: { edges: { node: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } },
  Exact<{ after?: string | null | undefined }>
>;

const request = (params: Record<string, string>) => ({ params }) as unknown as RouteRequest;

const listen: Listen = () => Promise.reject(new Error('No row of these listens.'));

test('a row is a method, a path, an operation and a reply', async () => {
  const row = route('PATCH /channels/:channel_id/messages/:message_id', Rename, {
    variables: ({ params }) => ({ channelId: params.channel_id, messageId: params.message_id }),
    reply: ({ rename }, { params }) => ({ msg: `${rename} in ${params.channel_id}` }),
  });
  expect(row).toMatchObject({ method: 'PATCH', path: '/channels/:channel_id/messages/:message_id', public: false });
  const asked: unknown[] = [];
  const reply = await row.answer(
    request({ channel_id: 'c', message_id: 'm' }),
    async (document, variables) => {
      asked.push([document, variables]);
      return { rename: 'done' } as never;
    },
    listen,
  );
  expect(asked).toEqual([[Rename, { channelId: 'c', messageId: 'm' }]]);
  expect(reply).toEqual({ msg: 'done in c' });
});

test('a list follows its connection to the end', async () => {
  const row = listRoute('GET /names', Names, {
    variables: (_request, after) => ({ after }),
    page: ({ names }) => names,
    reply: (names) => ({ names }),
  });
  const pages: Record<string, { nodes: string[]; endCursor: string | null }> = {
    null: { nodes: ['a', 'b'], endCursor: 'b' },
    b: { nodes: ['c', 'd'], endCursor: 'd' },
    d: { nodes: ['e'], endCursor: 'e' },
  };
  const reply = await row.answer(
    request({}),
    async (_document, variables) => {
      const page = pages[String(variables.after)];
      const edges = page?.nodes.map((node) => ({ node }));
      return {
        names: { edges, pageInfo: { hasNextPage: page?.endCursor !== 'e', endCursor: page?.endCursor } },
      } as never;
    },
    listen,
  );
  expect(reply).toEqual({ names: ['a', 'b', 'c', 'd', 'e'] });
});

/** What does not compile; the compiler fails this file when one of these does. */
export const refusedByTheCompiler = () => [
  route('PATCH /channels/:channel_id', Rename, {
    // @ts-expect-error: the path has no such parameter
    variables: ({ params }) => ({ channelId: params.chanel_id, messageId: 'm' }),
    reply: () => ({}),
  }),
  route('PATCH /channels/:channel_id', Rename, {
    // @ts-expect-error: the operation needs messageId too
    variables: ({ params }) => ({ channelId: params.channel_id }),
    reply: () => ({}),
  }),
  // @ts-expect-error: the operation has variables that must be given
  route('PATCH /channels/:channel_id', Rename, {
    reply: () => ({}),
  }),
  route('GET /nothing', Nothing, {
    // @ts-expect-error: the operation gives no such data
    reply: ({ something }) => ({ something }),
  }),
  // @ts-expect-error: there is no such method
  route('FETCH /nothing', Nothing, {
    reply: () => ({}),
  }),
];
