import { expect, test } from 'vitest';
import { withLinks } from './links.ts';

test.each([
  ['no address', ['no address']],
  ['see https://kopru.example/a?b=c.', ['see ', '<https://kopru.example/a?b=c>', '.']],
  ['(http://kopru.example)', ['(', '<http://kopru.example>', ')']],
  ['javascript:alert(1) data:text/html,x', ['javascript:alert(1) data:text/html,x']],
  ['https://a.example https://b.example', ['<https://a.example>', ' ', '<https://b.example>']],
])('%s', (text, parts) => {
  expect(withLinks(text).map(({ text: words, href }) => (href ? `<${href}>` : words))).toEqual(parts);
});
