import type { GraphQLFormattedError } from 'graphql';
import type { Context } from '../context.ts';
import { type ErrorCode, errorCodes, KopruError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Caller, SubgraphClient } from './client.ts';

/**
 * Asks a peer as a service and gives the data of its answer.
 * @throws the peer's first error, with its code; UNAVAILABLE when it cannot be reached.
 */
export async function ask<Data>(
  peer: SubgraphClient,
  query: string,
  variables: Record<string, unknown>,
  context?: Context,
): Promise<Data> {
  return answerOf(peer, query, variables, {
    requestId: context?.requestId ?? newId(),
    client: context?.client ?? { address: '', userAgent: '' },
    asService: true,
  });
}

/**
 * Asks a peer for what the viewer may see there, by their own token.
 * @throws as `ask`; UNAUTHENTICATED where there is no viewer
 */
export async function askForViewer<Data>(
  peer: SubgraphClient,
  query: string,
  variables: Record<string, unknown>,
  context: Context,
): Promise<Data> {
  return answerOf(peer, query, variables, context.callerForViewer);
}

async function answerOf<Data>(
  peer: SubgraphClient,
  query: string,
  variables: Record<string, unknown>,
  caller: Caller,
): Promise<Data> {
  const result = await peer.execute({ query, variables, caller });
  const [error] = result.errors ?? [];
  if (error) throw asKopruError(error);
  return result.data as Data;
}

function asKopruError({ message, extensions }: GraphQLFormattedError): KopruError {
  const code = errorCodes.find((known): known is ErrorCode => known === extensions?.code) ?? 'INTERNAL';
  const { resource, retryAfter } = extensions ?? {};
  return new KopruError(code, message, {
    ...(typeof resource === 'string' && { resource }),
    ...(typeof retryAfter === 'number' && { retryAfter }),
  });
}
