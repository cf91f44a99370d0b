import { expect, test } from 'vitest';
import { bodyFields } from '../fields.ts';
import { serialized } from './serializer.ts';

const shape = {
  name: { required: true },
  address: { required: true, email: true },
  password: { required: true, exact: true },
  title: { most: 5 },
  note: { nullable: true, blank: true },
} as const;
const good = { name: 'ann', address: 'ann@example.org', password: 'pw' };
const read = (body: object) => serialized(bodyFields(JSON.stringify(body)), shape);
const faults = (body: object): unknown => {
  try {
    return read(body);
  } catch (error) {
    return (error as { extensions: { fields: unknown } }).extensions.fields;
  }
};

test('gives what the shape names and nothing else, without the space around it', () => {
  expect(read({ ...good, name: ' ann\n', password: ' p w ', is_staff: true })).toEqual({
    name: 'ann',
    address: 'ann@example.org',
    password: ' p w ',
    title: undefined,
    note: undefined,
  });
  expect(read({ ...good, name: 7, title: '🌉🌉🌉🌉🌉', note: null })).toMatchObject({ name: '7', note: null });
  expect(read({ ...good, note: ' ' })).toMatchObject({ note: '' });
});

test.each<[unknown, string]>([
  [undefined, 'This field is required.'],
  [null, 'This field may not be null.'],
  ['', 'This field may not be blank.'],
  [' \t', 'This field may not be blank.'],
  [true, 'Not a valid string.'],
  [['a'], 'Not a valid string.'],
  [{}, 'Not a valid string.'],
  ['a\0b', 'Null characters are not allowed.'],
])('says of %j: %s', (name, text) => {
  expect(faults({ ...good, name })).toEqual({ name: [text] });
});

test.each(['x', '@', 'a@b', 'a b@example.org', 'a@example.', '@example.org'])('takes %s for no address', (address) => {
  expect(faults({ ...good, address })).toEqual({ address: ['Enter a valid email address.'] });
});

test('names every field that is broken', () => {
  expect(faults({ address: 'x', title: '123456', note: 1.5 })).toEqual({
    name: ['This field is required.'],
    address: ['Enter a valid email address.'],
    password: ['This field is required.'],
    title: ['Ensure this field has no more than 5 characters.'],
  });
});
