import type { FormattedExecutionResult } from 'graphql';

/**
 * As whom a router asks other subgraphs for what is selected below a root field of a mutation: the field signed somebody in,
 * and says so here by its key in the answer and their access token. From a subgraph to a router, and to nobody else.
 */
export type Voices = Readonly<Record<string, string>>;

const extension = 'voices';

/** The answer, with what it says to the router that asked. */
export const withVoices = (answer: FormattedExecutionResult, voices: Voices): FormattedExecutionResult =>
  Object.keys(voices).length === 0 ? answer : { ...answer, extensions: { ...answer.extensions, [extension]: voices } };

/** What the answer of a subgraph says to the router that asked. */
export const voicesOf = ({ extensions }: FormattedExecutionResult): Voices => {
  const voices = extensions?.[extension];
  return typeof voices === 'object' && voices !== null ? (voices as Voices) : {};
};
