import { newId } from '@kopru/runtime/ids.ts';
import { expect, test } from 'vitest';
import { Fields } from '../fields.ts';
import { messagePaging } from './paging.ts';

const id = newId();
const paging = (query: Record<string, string>) => messagePaging(new Fields(query, 'query'));

test.each([
  [{}, { last: 50 }],
  [{ limit: '1' }, { last: 1 }],
  [{ limit: '100' }, { last: 100 }],
  [{ before: id }, { last: 50, before: id }],
  [
    { before: id, limit: '7' },
    { last: 7, before: id },
  ],
  [
    { after: id, limit: '7' },
    { first: 7, after: id },
  ],
  [
    { around: id, limit: '7' },
    { last: 7, around: id },
  ],
  [{ page: '0' }, { last: 20, offset: 0 }],
  [{ page: '3' }, { last: 20, offset: 60 }],
  [
    { page: '3', limit: '5' },
    { last: 5, offset: 15 },
  ],
])('%o asks for %o', (query, expected) => {
  expect(paging(query)).toEqual(expected);
});

test.each([
  { limit: '0' },
  { limit: '101' },
  { limit: 'abc' },
  { limit: '' },
  { limit: '1.5' },
  { page: '-1' },
  { page: 'first' },
  { page: '99999999999' },
  { before: 'yesterday' },
  { after: '' },
  { before: id, after: id },
  { page: '0', around: id },
])('%o is refused', (query) => {
  expect(() => paging(query)).toThrowError(
    expect.objectContaining({ failure: expect.objectContaining({ kind: 'field', place: 'query', problem: 'value' }) }),
  );
});
