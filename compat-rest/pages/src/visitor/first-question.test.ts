import { expect, test, vi } from 'vitest';
import { Failure } from '../wire/failure.ts';
import { FirstQuestion } from './first-question.ts';

function open() {
  const start = vi.fn(async (_name: string, _text: string) => undefined);
  const question = new FirstQuestion({ start });
  // What an earlier test wrote is kept.
  question.writeName('');
  question.writeText('');
  return { question, start };
}

test('a field that is empty is named, and is not while it is being filled', async () => {
  const { question, start } = open();
  await question.ask();
  expect(question.problem.value).toBe('name');
  question.writeName('A');
  expect(question.problem.value).toBeNull();
  await question.ask();
  expect(question.problem.value).toBe('text');
  question.writeText('W');
  expect(question.problem.value).toBeNull();
  expect(start).not.toHaveBeenCalled();
});

test('what is missing in one field is still said while the other is filled', async () => {
  const { question } = open();
  question.writeName('Ada');
  await question.ask();
  question.writeName('Ada L');
  expect(question.problem.value).toBe('text');
});

test('what the server refused can be asked again', async () => {
  const { question, start } = open();
  question.writeName(' Ada ');
  question.writeText(' Why? ');
  start.mockRejectedValueOnce(new Failure('rate_limit_exceeded'));
  await question.ask();
  expect([question.problem.value, question.busy.value]).toEqual(['limited', false]);
  await question.ask();
  expect(question.problem.value).toBeNull();
  expect(start).toHaveBeenLastCalledWith('Ada', 'Why?');
});
