import type { Setting } from '@kopru/runtime/config.ts';
import { expect, test } from 'vitest';
import { settings } from '../../../settings.ts';

const introduction = `# Every setting there is, with its default. Copy this file to .env and set what you need;
# the environment goes before the file, and a key that is not listed here is refused.
`;

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value ?? ''));

test('.env.example lists every setting, and nothing else', async () => {
  const entries = Object.entries<Setting<unknown>>(settings).map(
    ([key, { description, takes, fallback }]) =>
      `# ${description}${takes === 'any text' ? '' : ` It takes ${takes}.`}\n# ${key}=${shown(fallback)}\n`,
  );
  await expect([introduction, ...entries].join('\n')).toMatchFileSnapshot('../../../.env.example');
});
