import { describe, expect, test } from 'vitest';
import { type Failure, Refused } from './failure.ts';
import { bodyFields, Fields } from './fields.ts';

const refusal = (read: () => unknown): Failure | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.failure;
    throw error;
  }
};

describe('a body', () => {
  const body = bodyFields('{"name":"Köprü","empty":"","nothing":null,"count":3,"list":[],"long":"🌉🌉🌉"}');

  test('gives texts as they are', () => {
    expect(body.text('name')).toBe('Köprü');
    expect(body.text('empty')).toBe('');
    expect(body.optionalText('name')).toBe('Köprü');
    expect(body.optionalText('absent')).toBeUndefined();
    expect(body.nullableText('nothing')).toBeNull();
    expect(body.nullableText('absent')).toBeUndefined();
  });

  test('says what is wrong with a text', () => {
    expect(refusal(() => body.text('absent'))).toMatchObject({ kind: 'field', field: 'absent', problem: 'missing' });
    expect(refusal(() => body.text('nothing'))).toMatchObject({ problem: 'null' });
    expect(refusal(() => body.optionalText('nothing'))).toMatchObject({ problem: 'null' });
    for (const field of ['count', 'list'])
      expect(refusal(() => body.nullableText(field))).toMatchObject({ problem: 'type' });
  });

  test('counts characters as people do', () => {
    expect(body.text('long', 3)).toBe('🌉🌉🌉');
    expect(refusal(() => body.text('long', 2))).toMatchObject({ problem: 'too long', takes: 'at most 2 characters' });
  });

  test('takes numbers as numbers', () => {
    expect(body.optionalInteger('count', 1, 3)).toBe(3);
    expect(body.optionalInteger('absent', 1, 3)).toBeUndefined();
    expect(refusal(() => body.optionalInteger('count', 1, 2))).toMatchObject({ problem: 'value' });
    expect(refusal(() => body.optionalInteger('name', 1, 2))).toMatchObject({ problem: 'type' });
    expect(refusal(() => body.optionalInteger('nothing', 1, 2))).toMatchObject({ problem: 'null' });
  });

  test('may be empty, but not anything else than an object', () => {
    for (const text of [undefined, '', ' \n']) expect(bodyFields(text).has('name')).toBe(false);
    for (const text of ['[]', 'null', '1', '"text"', 'true'])
      expect(refusal(() => bodyFields(text))).toEqual({ kind: 'body', problem: 'not an object' });
    for (const text of ['{', 'name=Köprü', '{"a":1,}'])
      expect(refusal(() => bodyFields(text))).toMatchObject({ kind: 'body', problem: 'malformed' });
  });

  test('has no fields but its own', () => {
    expect(bodyFields('{"__proto__":{"name":"inherited"}}').has('name')).toBe(false);
    expect(bodyFields('{}').has('toString')).toBe(false);
  });
});

describe('a query', () => {
  const query = new Fields({ limit: '50', page: '-1', text: '5x', blank: '', twice: ['1', '2'] }, 'query');

  test('takes numbers as digits', () => {
    expect(query.optionalInteger('limit', 1, 100)).toBe(50);
    expect(query.optionalInteger('page', -1, 0)).toBe(-1);
    for (const field of ['text', 'blank', 'twice', 'page'])
      expect(
        refusal(() => query.optionalInteger(field, 0, 100)),
        field,
      ).toMatchObject({ place: 'query', problem: 'value' });
  });

  test('takes only what matches', () => {
    const digits = (value: string) => /^\d+$/.test(value);
    expect(query.optionalMatch('limit', 'digits', digits)).toBe('50');
    expect(query.optionalMatch('absent', 'digits', digits)).toBeUndefined();
    expect(refusal(() => query.optionalMatch('text', 'digits', digits))).toMatchObject({ takes: 'digits' });
  });
});
