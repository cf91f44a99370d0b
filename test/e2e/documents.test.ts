import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { GraphClient, type Live } from '../client/graphql.ts';
import { overEveryBackend } from '../place.ts';

const root = new URL('../../', import.meta.url);
const readme = await readFile(new URL('README.md', root), 'utf8');

/** The code blocks of one language in a document, in its order. */
const blocks = (document: string, language: string): string[] =>
  [...document.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code = '']) => code);

overEveryBackend((place) => {
  test('the README’s operations work, pasted one after the other', async () => {
    let graph = place.graph();
    let channel: string | undefined;
    let live: Live<unknown> | undefined;
    const answers: unknown[] = [];
    for (const document of blocks(readme, 'graphql')) {
      const [definition] = parse(document).definitions;
      if (definition?.kind === 'OperationDefinition' && definition.operation === 'subscription') {
        live = await graph.connect().subscribe(document, { channel });
        continue;
      }
      const data = await graph.run<Answer>(document, { channel });
      answers.push(data);
      channel ??= data.createServer?.server.channels[0]?.id;
      if (data.register) graph = new GraphClient(graph.url, data.register.accessToken);
    }
    expect(await live?.atLeast(1)).toEqual([
      {
        messageCreated: {
          content: 'Merhaba!',
          author: { username: 'ayse' },
          channel: { name: 'general', server: { name: 'Galata' } },
        },
      },
    ]);
    expect(JSON.stringify(answers.at(-1))).toContain('ayse@example.com');
    live?.stop();
  });

  test('the README’s curl commands work', async () => {
    const script = blocks(readme, 'sh').find((block) => block.includes('curl')) ?? '';
    const legacy = new URL(place.rest.url).origin;
    const { stdout } = await promisify(execFile)('bash', ['-euc', script.replaceAll('http://127.0.0.1:8000', legacy)]);
    expect(stdout).toContain('"msg":"register success"');
    expect(stdout).toMatch(/"msg":"message created on channel .*"messages":\[\{[^\]]*"content":"Merhaba!"/s);
  });
});

describe.each(['README.md', 'CONTRIBUTING.md'])('%s', (name) => {
  test('names only scripts and files that are there', async () => {
    const document = await readFile(new URL(name, root), 'utf8');
    for (const [, script = ''] of document.matchAll(/npm run ([\w:]+)/g))
      expect(packageJson.scripts).toHaveProperty([script]);
    for (const [, file = ''] of document.matchAll(/\]\((?!https?:)([^)#]+)/g)) await access(new URL(file, root));
  });
});

interface Answer {
  readonly register?: { readonly accessToken: string };
  readonly createServer?: { readonly server: { readonly channels: readonly { readonly id: string }[] } };
}
