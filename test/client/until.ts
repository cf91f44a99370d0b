import { setInterval } from 'node:timers/promises';

/** Asks again and again until the answer is yes. @throws after a time in which it should long have been */
export async function until(question: () => Promise<boolean>, within = 20_000): Promise<void> {
  const deadline = Date.now() + within;
  if (await question()) return;
  for await (const _ of setInterval(10)) {
    if (await question()) return;
    if (Date.now() > deadline) throw new Error(`Not so within ${within / 1_000} s: ${question}`);
  }
}
