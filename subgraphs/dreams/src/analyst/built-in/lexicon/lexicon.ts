import { animals } from './animals.ts';
import { body } from './body.ts';
import { deeds } from './deeds.ts';
import { feelings } from './feelings.ts';
import { nature } from './nature.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import type { DreamSymbol } from './symbol.ts';
import { things } from './things.ts';
import { ways } from './ways.ts';

/** Everything that the built-in analyst knows of, feelings among it. */
export const lexicon: readonly DreamSymbol[] = [
  ...nature,
  ...animals,
  ...body,
  ...places,
  ...ways,
  ...things,
  ...people,
  ...deeds,
  ...feelings,
];
