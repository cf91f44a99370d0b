import { KopruError } from '@kopru/runtime/errors.ts';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  checked,
  colorField,
  countField,
  given,
  nameField,
  newNameField,
  permissionsField,
  textField,
  webUrlField,
} from './fields.ts';

const read = (field: z.ZodType, value: unknown): unknown => {
  try {
    return checked({ field }, { field: value }).field;
  } catch (error) {
    if (error instanceof KopruError) return error.extensions.fields;
    throw error;
  }
};
const refused = { field: [expect.any(String)] };

describe('input', () => {
  it.each([
    [nameField, ' a ', 'a'],
    [nameField, 'ğ'.repeat(100), 'ğ'.repeat(100)],
    [nameField, '👩‍💻 genel', '👩‍💻 genel'],
    [newNameField, null, undefined],
    [newNameField, undefined, undefined],
    [textField(3), ' abc ', 'abc'],
    [textField(3), '  ', null],
    [textField(3), null, null],
    [textField(3), undefined, undefined],
    [textField(9), 'two\nlines', 'two\nlines'],
    [webUrlField, 'https://example.org/a?b#c', 'https://example.org/a?b#c'],
    [webUrlField, '', null],
    [webUrlField, undefined, undefined],
    [colorField, '#ABCDEF', '#abcdef'],
    [colorField, null, null],
    [colorField, undefined, undefined],
    [permissionsField, '1023', 1023],
    [permissionsField, '0', 0],
    [permissionsField, null, undefined],
    [countField(1, 3), 3, 3],
    [countField(1, 3), null, undefined],
  ])('%# takes %j', (field, value, result) => {
    expect(read(field, value)).toEqual(result);
  });

  it.each([
    [nameField, ''],
    [nameField, ' \t '],
    [nameField, 'a'.repeat(101)],
    [nameField, 'a\0b'],
    [nameField, 'a\ud800'],
    [nameField, 'a\u2028b'],
    [nameField, '\u202elareneg'],
    [nameField, '\u200b'],
    [nameField, '\u3164'],
    [textField(3), 'abcd'],
    [textField(3), '\udfff'],
    [webUrlField, 'ftp://example.org'],
    [webUrlField, 'data:text/html,x'],
    [webUrlField, '//example.org'],
    [webUrlField, 'https://exa mple.org'],
    [colorField, '#abc'],
    [permissionsField, '1024'],
    [permissionsField, '0x1'],
    [countField(1, 3), 0],
    [countField(1, 3), 4],
  ])('%# refuses it', (field, value) => {
    expect(read(field, value)).toEqual(refused);
  });

  it('names every field that is wrong', () => {
    const both = () => checked({ name: nameField, other: nameField }, { name: '', other: '' });
    expect(both).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
    expect(both).toThrow(/name: .* other: /);
  });

  it('tells what was given from what was not', () => {
    expect(given({ a: undefined, b: null, c: '', d: 0 })).toEqual({ b: null, c: '', d: 0 });
  });
});
